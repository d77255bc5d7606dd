import ts from 'typescript';

export interface Mutant {
  /** From 1. */
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
  /** The whole file with the replacement in it. */
  readonly text: string;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
  [ts.SyntaxKind.QuestionQuestionToken]: '&&',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.SlashToken]: '*',
};

const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some', add: 'sub', sub: 'add', lt: 'lte', lte: 'lt', gt: 'gte', gte: 'gt' };

const changesOf = (node: ts.Node, source: ts.SourceFile): readonly Change[] => {
  const replace = (part: ts.Node, ...replacements: readonly string[]): readonly Change[] =>
    replacements.map((replacement) => ({ start: part.getStart(source), end: part.end, replacement }));
  if (ts.isBinaryExpression(node)) {
    const operator = OPERATORS[node.operatorToken.kind];
    return operator === undefined ? [] : replace(node.operatorToken, operator);
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return replace(node, node.operand.getText(source));
  if (ts.isConditionalExpression(node)) return replace(node.condition, 'true', 'false');
  if (ts.isIfStatement(node)) return replace(node.expression, 'true', 'false');
  if (node.kind === ts.SyntaxKind.TrueKeyword) return replace(node, 'false');
  if (node.kind === ts.SyntaxKind.FalseKeyword) return replace(node, 'true');
  if (ts.isNumericLiteral(node)) return replace(node, String(Number(node.text) + 1));
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return replace(node, '[]');
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) return replace(node, ';');
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (name.text === 'filter') return replace(node, expression.getText(source));
    const method = METHODS[name.text];
    return method === undefined ? [] : replace(name, method);
  }
  return [];
};

/** Every file that one small change of this text gives. Types and imports are left alone. */
export const mutantsOf = (path: string, text: string): readonly Mutant[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    for (const { start, end, replacement } of changesOf(node, source)) {
      const line = source.getLineAndCharacterOfPosition(start).line + 1;
      mutants.push({ line, original: text.slice(start, end), replacement, text: text.slice(0, start) + replacement + text.slice(end) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
};

/** Plain JavaScript, as the build emits it. */
export const emitted = (text: string): string =>
  ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true } }).outputText;
