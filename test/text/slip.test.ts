import { describe, expect, it } from 'vitest';
import { isSlip } from '../../src/text/slip.ts';

describe('isSlip', () => {
  it.each([
    ['PAYMENT_URL', 'PAYMNET_URL'],
    ['PAYMENT_URL', 'PAYMENTS_URL'],
    ['PAYMENT_URL', 'PAYMENTURL'],
    ['host', 'hots'],
    ['url', 'ulr'],
    ['replicas', 'replcas'],
  ])('takes %s and %s for one', (a, b) => {
    expect(isSlip(a, b)).toBe(true);
    expect(isSlip(b, a)).toBe(true);
  });

  it.each([
    ['PAYMENT_URL', 'PAYMENT_URL'],
    ['NODE_1', 'NODE_2'],
    ['API_V1_URL', 'API_V2_URL'],
    ['url', 'uri'],
    ['host', 'port'],
    ['READ_URL', 'WRITE_URL'],
  ])('leaves %s and %s apart', (a, b) => expect(isSlip(a, b)).toBe(false));
});
