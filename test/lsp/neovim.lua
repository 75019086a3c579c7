-- What a reader does in Neovim, without a screen: each step asks the server as the editor does, and notes what the editor then shows.
local steps = vim.fn.json_decode(vim.fn.readfile(vim.env.PATCHGLOSS_STEPS))
local shown = {}

local function wait_for(what, found)
  if not vim.wait(20000, found, 20) then
    error('waited in vain for ' .. what)
  end
end

local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return window
    end
  end
end

local function go_to(words)
  vim.fn.cursor(1, 1)
  if vim.fn.search('\\V' .. words, 'cW') == 0 then
    error('there is no ' .. words)
  end
end

-- Of two lists that answers may be put in, by version, the one that holds some.
local function items()
  local quickfix = vim.fn.getqflist()
  return #quickfix > 0 and quickfix or vim.fn.getloclist(0)
end

local function listed(ask)
  vim.fn.setqflist({})
  ask()
  wait_for('a list', function()
    return #items() > 0
  end)
  local lines = vim.tbl_map(function(item)
    return { line = item.lnum, text = item.text }
  end, items())
  vim.cmd('silent! cclose | silent! lclose')
  return lines
end

local act = {
  hover = function()
    vim.lsp.buf.hover()
    wait_for('a hover', floating)
    local window = floating()
    local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
    vim.api.nvim_win_close(window, true)
    return lines
  end,
  definition = function()
    local function place()
      return vim.fn.expand('%:p') .. ':' .. vim.fn.line('.')
    end
    local from = place()
    vim.lsp.buf.definition()
    wait_for('a definition', function()
      return place() ~= from
    end)
    local answer = { file = vim.fn.expand('%:t'), line = vim.fn.getline('.') }
    vim.cmd('buffer 1')
    return answer
  end,
  symbols = function()
    return listed(vim.lsp.buf.document_symbol)
  end,
  references = function()
    return listed(vim.lsp.buf.references)
  end,
}

local function ask(method)
  local answers = vim.lsp.buf_request_sync(1, method, { textDocument = vim.lsp.util.make_text_document_params(1) }, 20000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

-- This Neovim may have no folds of a server yet: they are made by hand.
act.folds = function(words)
  vim.wo.foldmethod = 'manual'
  for _, fold in ipairs(ask('textDocument/foldingRange')) do
    if fold.kind == 'comment' then
      vim.cmd(string.format('%d,%dfold', fold.startLine + 1, fold.endLine + 1))
    end
  end
  go_to(words)
  local answer = { from = vim.fn.foldclosed('.'), to = vim.fn.foldclosedend('.') }
  vim.cmd('normal! zE')
  return answer
end
act.links = function()
  return ask('textDocument/documentLink')
end
-- An edit that the server has to follow: a line below everything else.
act.edit = function(words)
  vim.api.nvim_buf_set_lines(1, -1, -1, false, { words })
  return vim.NIL
end

local configuration = {
  name = 'patchgloss',
  cmd = { vim.env.PATCHGLOSS_NODE, vim.env.PATCHGLOSS_PROGRAM, 'lsp', '--stdio' },
  root_dir = vim.fn.getcwd(),
}
local ok, problem = pcall(function()
  local id = vim.lsp.start and vim.lsp.start(configuration) or vim.lsp.start_client(configuration)
  vim.lsp.buf_attach_client(1, id)
  wait_for('the server', function()
    local client = vim.lsp.get_client_by_id(id)
    return client and client.server_capabilities ~= nil
  end)
  for _, step in ipairs(steps) do
    if step.at then
      go_to(step.at)
    end
    table.insert(shown, act[step.act](step.words or step.at))
  end
end)
if not ok then
  table.insert(shown, { problem = tostring(problem) })
end
vim.fn.writefile({ vim.fn.json_encode(shown) }, vim.env.PATCHGLOSS_SHOWN)
vim.cmd('qall!')
