// @ts-check
import { claims } from './en/claims.js';
import { customer } from './en/customer.js';
import { desk } from './en/desk.js';
import { manage } from './en/manage.js';

export const en = { ...desk, ...customer, ...claims, ...manage };
