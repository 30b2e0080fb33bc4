// @ts-check
import { claims } from './ko/claims.js';
import { customer } from './ko/customer.js';
import { desk } from './ko/desk.js';
import { manage } from './ko/manage.js';

export const ko = { ...desk, ...customer, ...claims, ...manage };
