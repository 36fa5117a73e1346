import type { Command, Node, Operand, Pipe } from '../../src/render/helm/go-template/parse/ast.ts';

/** Nodes as Go prints a tree of text/template/parse: the form in which the recorded trees are. */
export function printNodes(nodes: readonly Node[]): string {
  return nodes.map(printNode).join('');
}

function printNode(node: Node): string {
  switch (node.kind) {
    case 'text':
      return JSON.stringify(node.value.text);
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'action':
      return `{{${printPipe(node.pipe)}}}`;
    case 'template':
      return `{{template ${JSON.stringify(node.name)}${node.pipe ? ` ${printPipe(node.pipe)}` : ''}}}`;
    default: {
      const otherwise = node.otherwise.length > 0 ? `{{else}}${printNodes(node.otherwise)}` : '';
      return `{{${node.kind} ${printPipe(node.pipe)}}}${printNodes(node.body)}${otherwise}{{end}}`;
    }
  }
}

function printPipe({ variables, isAssignment, commands }: Pipe): string {
  const declared = variables.length > 0 ? `${variables.join(', ')} ${isAssignment ? '=' : ':='} ` : '';
  return declared + commands.map(printCommand).join(' | ');
}

function printCommand({ operands }: Command): string {
  return operands.map(printOperand).join(' ');
}

function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'literal':
    case 'overflow':
      return operand.written;
    case 'function':
      return operand.name;
    case 'field':
      return `.${operand.names.join('.')}`;
    case 'variable':
      return [operand.name, ...operand.names].join('.');
    case 'chain':
      return [printOperand(operand.base), ...operand.names].join('.');
    case 'pipe':
      return `(${printPipe(operand)})`;
  }
}
