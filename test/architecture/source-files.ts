import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../project-root.js';

const programRoot = join(projectRoot, 'src');

export interface Import {
  /** Path below the folder that was read. */
  readonly from: string;
  /** Path below that folder for a file of ours, otherwise the name of the package. */
  readonly to: string;
  readonly isOurs: boolean;
  readonly isTypeOnly: boolean;
}

export interface SourceFunction {
  readonly name: string;
  readonly lines: number;
}

export interface SourceFile {
  /** Below the folder that was read. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly functions: readonly SourceFunction[];
}

const importsOf = (root: string, path: string, source: ts.SourceFile): readonly Import[] =>
  source.statements.flatMap((statement): readonly Import[] => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const isTypeOnly = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    const { text } = statement.moduleSpecifier;
    const isOurs = text.startsWith('.');
    const to = isOurs ? relative(root, resolve(root, dirname(path), text)).replace(/\.js$/, '.ts') : text;
    return [{ from: path, to, isOurs, isTypeOnly }];
  });

/** Of modules that are loaded when they are needed. */
const lateImportsOf = (root: string, path: string, text: string): readonly Import[] =>
  [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, to = '']) => ({
    from: path, to: to.startsWith('.') ? relative(root, resolve(root, dirname(path), to)).replace(/\.js$/, '.ts') : to, isOurs: to.startsWith('.'), isTypeOnly: false,
  }));

const nameOf = (node: ts.FunctionLikeDeclaration, source: ts.SourceFile): string => {
  if (node.name !== undefined) return node.name.getText(source);
  return ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name.getText(source) : 'anonymous';
};

const functionsOf = (source: ts.SourceFile): readonly SourceFunction[] => {
  const found: SourceFunction[] = [];
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      found.push({ name: nameOf(node as ts.FunctionLikeDeclaration, source), lines: lineAt(node.end) - lineAt(node.getStart(source)) + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

const sourceFile = async (root: string, path: string): Promise<SourceFile> => {
  const text = await readFile(join(root, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  return { path, text, lines: text.split('\n').length - 1, imports: [...importsOf(root, path, source), ...lateImportsOf(root, path, text)], functions: functionsOf(source) };
};

/** Every file of a folder, that of the program unless another is named, parsed. */
export const readSource = async (root = programRoot): Promise<readonly SourceFile[]> => {
  const paths = (await readdir(root, { recursive: true })).filter((file) => /\.tsx?$/.test(file)).sort();
  return Promise.all(paths.map((path) => sourceFile(root, path)));
};
