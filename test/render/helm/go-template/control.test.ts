import { describe, expect, it } from 'vitest';
import { output, refusal } from './rendering.ts';

const VALUES = { env: 'prod-eu', replicas: 3, hosts: ['eu', 'us'], labels: { team: 'shop', app: 'ledger' }, empty: {}, none: [], off: false };

describe('if, with, range', () => {
  it.each([
    ['{{if .off}}a{{else if eq .env "dev"}}b{{else if .env}}c{{else}}d{{end}}', 'c'],
    ['{{if .empty}}a{{end}}{{if .none}}b{{end}}{{if 0}}c{{end}}{{if 0.0}}d{{end}}{{if ""}}e{{end}}{{if .x}}f{{end}}', ''],
    ['{{if .labels}}a{{end}}{{if -1}}b{{end}}{{if " "}}c{{end}}', 'abc'],
    ['{{with .labels}}{{.app}} {{$.env}}{{end}}', 'ledger prod-eu'],
    ['{{with .x}}a{{else with .env}}{{.}}{{else}}b{{end}}', 'prod-eu'],
    ['{{with .x}}a{{else}}{{.env}}{{end}}', 'prod-eu'],
    ['{{with $e := .env}}{{$e}}{{end}}', 'prod-eu'],
    ['{{range .hosts}}[{{.}}]{{end}}', '[eu][us]'],
    ['{{range $i, $h := .hosts}}{{$i}}={{$h}};{{end}}', '0=eu;1=us;'],
    ['{{range $h := .hosts}}{{$h}}{{end}}', 'euus'],
    ['{{range $k, $v := .labels}}{{$k}}={{$v}};{{end}}', 'app=ledger;team=shop;'],
    ['{{range .none}}a{{else}}{{.env}}{{end}}', 'prod-eu'],
    ['{{range .x}}a{{else}}none{{end}}', 'none'],
    ['{{range 3}}{{.}}{{end}}', '012'],
    ['{{range $i := 2}}{{$i}}{{end}}{{range -1}}a{{else}}none{{end}}', '01none'],
    ['{{range $i, $h := .hosts}}{{if $i}}{{break}}{{end}}{{$h}}{{end}}', 'eu'],
    ['{{range $i, $h := .hosts}}{{if not $i}}{{continue}}{{end}}{{$h}}{{end}}', 'us'],
    ['{{range .hosts}}{{range $.hosts}}{{.}}{{break}}{{end}}-{{end}}', 'eu-eu-'],
    ['{{range .hosts}}{{range $.none}}{{else}}{{break}}{{end}}a{{end}}', ''],
  ])('%s', (template, expected) => expect(output(template, VALUES)).toBe(expected));

  it.each([
    ['{{range .replicas}}{{end}}', "range can't iterate over 3 <.replicas>"],
    ['{{range .env}}{{end}}', "range can't iterate over prod-eu <.env>"],
    ['{{range $i, $x := 3}}{{end}}', "can't use 3 to iterate over more than one variable <$i, $x := 3>"],
  ])('%s is refused', (template, expected) => expect(refusal(template, VALUES)).toBe(expected));
});

describe('variables', () => {
  it.each([
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{$x := 1}}{{if true}}{{$x := 2}}{{$x = 3}}{{end}}{{$x}}', '1'],
    ['{{$x := 1}}{{range .hosts}}{{$x = .}}{{end}}{{$x}}', 'us'],
    ['{{$i := 9}}{{$h := ""}}{{range $i, $h = .hosts}}{{end}}{{$i}}{{$h}}', '1us'],
    ['{{$x := 1}}{{with $x := .env}}{{$x}}{{end}}{{$x}}', 'prod-eu1'],
    ['{{range $x := .none}}{{else}}{{$x}}{{end}}', '[]'],
    ['{{$x := .env | len}}{{$x}}', '7'],
  ])('%s', (template, expected) => expect(output(template, VALUES)).toBe(expected));

  it.each([
    ['{{if $x := 1}}{{end}}{{$x}}', 'undefined variable "$x" <$x>'],
    ['{{$x := $x}}', 'undefined variable: $x <$x>'],
    ['{{$x = 1}}', 'undefined variable: $x <$x = 1>'],
    ['{{$x := 1}}{{define "a"}}{{$x}}{{end}}', 'undefined variable "$x" <$x>'],
  ])('%s is refused', (template, expected) => expect(refusal(template, VALUES)).toBe(expected));
});
