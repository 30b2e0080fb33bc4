// @ts-check
export const claims = {
};
