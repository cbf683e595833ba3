import { Command, CommanderError, Option } from 'commander';
import { type CheckOptions, check } from './check.js';
import { type ExplainOptions, explain } from './explain.js';
import { type FmtOptions, fmt } from './fmt.js';
import { type ImpactOptions, impact } from './impact.js';
import { init } from './init.js';
import { lsp } from './lsp.js';
import { type RulesOptions, rules } from './rules.js';
import { CannotRun, COULD_NOT_RUN, type Io, NOTHING_FOUND, type Services } from './services.js';
import { printable } from './style.js';

/**
 * Runs one command line (without `node` and the script) and gives its exit status. Never rejects: what goes
 * wrong is one line on standard error.
 */
export async function run(argv: readonly string[], io: Io, services: Services): Promise<number> {
  const context = { io, services };
  let status = NOTHING_FOUND;
  const does = (command: Promise<number>): Promise<void> =>
    command.then((result) => {
      status = result;
    });

  const program = new Command('entail')
    .description(
      'What does this change entail? Checks change records of drug manufacturing against the registry and the rules.',
    )
    .version(services.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => {} })
    .showSuggestionAfterError(true)
    .addHelpText('after', EXAMPLES);

  // Settings such as exitOverride are handed down only to commands that are added after them.
  program
    .command('check')
    .description('check the workspace around PATH and print what each change entails')
    .argument('[PATH...]', 'files or folders to print the findings of', [])
    .addOption(FORMAT())
    .option('--as-of <DATE>', 'the day on which everything is judged (default: today)')
    .addOption(
      new Option('--fail-on <SEVERITY>', 'the least severity that makes the exit status 1')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .option('--config <FILE>', 'a configuration instead of the nearest entail.jsonc')
    .addHelpText('after', CHECK_EXAMPLES)
    .action((paths: string[], options: CheckOptions) => does(check(context, paths, options)));

  program
    .command('fmt')
    .description('lay out .change and .rules files')
    .argument('[PATH...]', 'files or folders (default: this folder)', [])
    .option('--check', 'only list what is not formatted, with exit status 1')
    .option('--stdin', 'format standard input to standard output')
    .option('--stdin-filename <NAME>', 'the same; the language is taken from the name')
    .addOption(
      new Option('--language <LANGUAGE>', 'the language of standard input').choices(['change', 'rules']),
    )
    .addHelpText('after', FMT_EXAMPLES)
    .action((paths: string[], options: FmtOptions) => does(fmt(context, paths, options)));

  program
    .command('explain')
    .description('explain a rule, a finding, a fact or all that a change entails')
    .argument('[NAME]', 'RULE, CODE, FACT or CHANGE; without it, what there is')
    .option('--as-of <DATE>', 'the day on which a change is judged (default: today)')
    .option('--config <FILE>', 'a configuration instead of the nearest entail.jsonc')
    .addHelpText('after', EXPLAIN_EXAMPLES)
    .action((name: string | undefined, options: ExplainOptions) => does(explain(context, name, options)));

  program
    .command('impact')
    .description('the filings of a change, their dates, and when product may ship in each market')
    .argument('<CHANGE>', 'the ID of the change')
    .addOption(FORMAT())
    .option('--as-of <DATE>', 'the day from which what has no date is counted (default: today)')
    .option('--config <FILE>', 'a configuration instead of the nearest entail.jsonc')
    .addHelpText('after', IMPACT_EXAMPLES)
    .action((name: string, options: ImpactOptions) => does(impact(context, name, options)));

  program
    .command('rules')
    .description('list the rules in use')
    .addOption(FORMAT())
    .option('--config <FILE>', 'a configuration instead of the nearest entail.jsonc')
    .addHelpText('after', RULES_EXAMPLES)
    .action((options: RulesOptions) => does(rules(context, options)));

  program
    .command('init')
    .description('write a small workspace to start from')
    .argument('[DIR]', 'the folder to write it to', '.')
    .addHelpText('after', INIT_EXAMPLES)
    .action((folder: string) => does(init(context, folder)));

  program
    .command('lsp')
    .description('serve an editor, as the Language Server Protocol says')
    .option('--stdio', 'over standard input and output, the only way there is')
    // VS Code's client says who it is, and ends the server itself.
    .addOption(new Option('--clientProcessId <ID>').hideHelp())
    .addHelpText('after', LSP_EXAMPLES)
    .action(() => does(lsp(context)));

  try {
    if (argv.length === 0)
      throw new CannotRun('Say what to do, for example `entail check`. `entail --help` lists the commands.');
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return NOTHING_FOUND;
    io.stderr.write(`entail: ${printable(lineOf(error))}\n`);
    return COULD_NOT_RUN;
  }
}

function lineOf(error: unknown): string {
  if (error instanceof CannotRun) return error.message;
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '');
    return `${message}${/[.?)]$/.test(message) ? '' : '.'} \`entail --help\` shows how to call it.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `internal fault: ${message.slice(0, 300)}. This is no mistake of yours; please report it.`;
}

const FORMAT = (): Option =>
  new Option('--format <FORMAT>', 'for a person, or for a program')
    .choices(['pretty', 'json'])
    .default('pretty');

const EXAMPLES = `
Examples:
  entail init first-steps      write a small workspace to start from
  entail check first-steps     what its change entails, and what is missing
  entail explain CC-0001       the same for one change, with every reason
  entail impact CC-0001        what to file, by when, and from when product may ship
  entail rules                 the rules in use, with their citations

Exit status: 0 nothing to report, 1 something at or above --fail-on, 2 it could not run.
`;

const CHECK_EXAMPLES = `
Examples:
  entail check                                    the workspace around this folder
  entail check changes/CC-2026-014.change         what concerns one file
  entail check --as-of 2026-11-22                 as it stood, or will stand, on a day
  entail check --format json --fail-on warning    for CI
`;

const FMT_EXAMPLES = `
Examples:
  entail fmt                                      lay out every file below this folder
  entail fmt --check                              for CI: only say what is not formatted
  entail fmt --stdin --language rules < my.rules  from standard input to standard output
`;

const EXPLAIN_EXAMPLES = `
Examples:
  entail explain                                  the findings and facts that there are
  entail explain filing/under-reported            what a finding means and how to mend it
  entail explain us-drugs/314.70.b.1              a rule: when it applies, what it asks, its citation
  entail explain CC-2026-014                      all that a change entails, with every reason
`;

const IMPACT_EXAMPLES = `
Examples:
  entail impact CC-2026-014                       what to file, by when, and from when product may ship
  entail impact CC-2026-014 --as-of 2027-01-01    as if it were asked on a day
  entail impact CC-2026-014 --format json         the same for a program
`;

const RULES_EXAMPLES = `
Examples:
  entail rules                                    the rules of the workspace around this folder
  entail rules --format json                      the same for a program
`;

const INIT_EXAMPLES = `
Examples:
  entail init                                     into this folder
  entail init first-steps                         into a new one
`;

const LSP_EXAMPLES = `
Examples:
  entail lsp --stdio                              what an editor's settings should start
`;
