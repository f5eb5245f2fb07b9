import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A command by its path, `/failed/list`, with the words that can follow it. The program itself has the path ``. */
type Node = { path: string; subcommands: readonly string[]; flags: readonly string[] };

/** A script by which a shell completes commands and flags. */
export function completionFor(program: Command, shell: Shell): string {
  const nodes = nodesOf(program, '', []);
  if (shell === 'fish') return fish(nodes);
  return shell === 'bash' ? bash(nodes) : `autoload -U +X bashcompinit && bashcompinit\n${bash(nodes)}`;
}

function nodesOf(command: Command, path: string, inherited: readonly string[]): Node[] {
  const own = command.options.flatMap(({ long, hidden }) => (long == null || hidden ? [] : [long]));
  const flags = [...own, ...inherited];
  const subcommands = command.commands.map((subcommand) => subcommand.name());
  return [
    { path, subcommands, flags },
    ...command.commands.flatMap((subcommand) => nodesOf(subcommand, `${path}/${subcommand.name()}`, flags)),
  ];
}

function bash(nodes: readonly Node[]): string {
  const known = nodes.flatMap(({ path }) => (path === '' ? [] : [`"${path}"`])).join('|');
  const words = nodes.map(
    ({ path, subcommands, flags }) => `    "${path}") words="${[...subcommands, ...flags].join(' ')}" ;;`,
  );
  return [
    '_userlike_lime() {',
    '  local path="" words="" word',
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    `    case "$path/$word" in ${known}) path="$path/$word" ;; esac`,
    '  done',
    '  case "$path" in',
    ...words,
    '  esac',
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    '}',
    'complete -o default -F _userlike_lime userlike-lime',
  ].join('\n');
}

function fish(nodes: readonly Node[]): string {
  return nodes
    .flatMap(({ path, subcommands, flags }) => {
      const names = path.split('/').slice(1);
      const condition = conditionOf(names, subcommands);
      return [
        ...subcommands.map((name) => `complete -c userlike-lime -f -n '${condition}' -a ${name}`),
        ...flags.map((flag) => `complete -c userlike-lime -n '${condition}' -l ${flag.slice(2)}`),
      ];
    })
    .join('\n');
}

function conditionOf(names: readonly string[], subcommands: readonly string[]): string {
  const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`);
  const open = subcommands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${subcommands.join(' ')}`];
  return [...seen, ...open].join('; and ');
}
