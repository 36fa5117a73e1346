import { type Call, int, TemplateFailure, type Text, text } from '../value.ts';
import { BCRYPT, drawn, UUID } from './constants.ts';
import { checkLength } from './go/limits.ts';
import { type Definition, type Family, fn, INT, STRING } from './signature.ts';

/** A text that Helm makes anew each time. */
function unknown(what: string, value: string, call: Call): Text {
  call.noteUnknown(what);
  return text(value, [call.origin]);
}

function randomText(name: string, kind: 'letters' | 'digits' | 'both'): Definition {
  return fn([INT], ([count], call) => {
    checkLength(count);
    return unknown(name, drawn(count, kind), call);
  });
}

function randomInt(least: number, below: number, call: Call) {
  if (below <= least) throw new TemplateFailure('invalid argument to Intn');
  call.noteUnknown('randInt');
  return int(least, [call.origin]);
}

function password(user: Text, call: Call): Text {
  if (user.text.includes(':')) return text(`invalid username: ${user.text}`, [call.origin]);
  call.noteUnknown('htpasswd');
  return text(`${user.text}:${BCRYPT}`, [call.origin]);
}

/** Sprig's functions of chance, each with one fixed outcome. */
export const RANDOM: Family = {
  randAlphaNum: randomText('randAlphaNum', 'both'),
  randAlpha: randomText('randAlpha', 'letters'),
  randAscii: randomText('randAscii', 'both'),
  randNumeric: randomText('randNumeric', 'digits'),
  randInt: fn([INT, INT], ([least, below], call) => randomInt(least, below, call)),
  randBytes: fn([INT], ([count], call) => {
    checkLength(count);
    return unknown('randBytes', Buffer.alloc(Math.max(count, 0)).toString('base64'), call);
  }),
  uuidv4: fn([], (_, call) => unknown('uuidv4', UUID, call)),
  shuffle: fn([STRING], ([source], call) => {
    call.noteUnknown('shuffle');
    return source;
  }),
  bcrypt: fn([STRING], (_, call) => unknown('bcrypt', BCRYPT, call)),
  htpasswd: fn([STRING, STRING], ([user], call) => password(user, call)),
};
