export const allowAll = async () => {};
export const refuseAll = async () => false;
export const fail = ({ status }) => {
  throw new Error(`not on Sundays: ${status}`);
};
