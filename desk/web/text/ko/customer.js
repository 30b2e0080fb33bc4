// @ts-check
export const customer = {
};
