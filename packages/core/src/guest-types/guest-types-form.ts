/** What `generateGuestTypes` writes. */
export type GuestTypesForm = 'module' | 'declarations';
