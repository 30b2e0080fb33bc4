// @ts-check
export const manage = {
};
