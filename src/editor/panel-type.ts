/** The type of the simulator's panels, as the manifest names it. */
export const panelType = 'patchgloss.simulator';
