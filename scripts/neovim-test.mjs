// `node scripts/neovim-test.mjs`: Neovim's built-in client, configured as docs/editors.md says, opens a sample,
// gets its diagnostics and applies a fix. Needs a clone that is built; installs Neovim where it may.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installNeovim } from './editor/install.mjs';
import { root } from './paths.mjs';

const RECORD = 'changes/CC-2026-014.change';
const RIGHT = 'modify SPEC-LRG-DS';
const WRONG = 'modify SPEC-LRG-DSS';

const [configuration] = /(?<=```lua\n)[\s\S]*?(?=```)/.exec(
  readFileSync(join(root, 'docs/editors.md'), 'utf8'),
);

// What Neovim 0.7, the newest that some systems install, lacks of what the configuration uses.
const OLDER = `
vim.g.do_filetype_lua = 1
vim.fs = vim.fs or {
  dirname = function(path) return vim.fn.fnamemodify(path, ':h') end,
  find = function(name, options)
    local found = vim.fn.findfile(name, options.path .. ';')
    return found ~= '' and { vim.fn.fnamemodify(found, ':p') } or {}
  end,
}
vim.lsp.start = vim.lsp.start or function(config)
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end
vim.cmd('filetype on')
`;

const SCRIPT = `
local function fail(message)
  io.stderr:write(message .. '\\n')
  vim.cmd('cquit 1')
end
local function unknown()
  return vim.tbl_filter(function(one) return one.code == 'record/unknown-reference' end, vim.diagnostic.get(0))
end
local function wait(what, holds)
  if not vim.wait(20000, holds, 20) then fail('timed out: ' .. what) end
end
vim.cmd('edit ' .. vim.env.ENTAIL_RECORD)
wait('diagnostics', function() return #unknown() > 0 end)
local found = unknown()[1]
local position = { line = found.lnum, character = found.col }
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = { start = position, ['end'] = position },
  context = { diagnostics = {}, only = { 'quickfix' } },
}, 20000)
local fix
for _, answer in pairs(answers or {}) do
  for _, action in ipairs(answer.result or {}) do
    if action.isPreferred and action.edit then fix = fix or action end
  end
end
if not fix then fail('no preferred quick fix for: ' .. found.message) end
vim.lsp.util.apply_workspace_edit(fix.edit, 'utf-16')
wait('the diagnostic to go', function() return #unknown() == 0 end)
vim.cmd('write')
io.stdout:write('neovim: ' .. fix.title .. '\\n')
vim.cmd('quitall!')
`;

const folder = mkdtempSync(join(tmpdir(), 'entail-neovim-'));
try {
  const workspace = join(folder, 'peptide');
  cpSync(join(root, 'samples/peptide'), workspace, { recursive: true });
  const record = join(workspace, RECORD);
  const text = readFileSync(record, 'utf8');
  writeFileSync(record, text.replace(RIGHT, WRONG));
  const init = join(folder, 'init.lua');
  writeFileSync(init, OLDER + configuration);
  const script = join(folder, 'test.lua');
  writeFileSync(script, SCRIPT);
  const { status, stdout, stderr, error } = spawnSync(
    installNeovim(),
    ['--headless', '-i', 'NONE', '-n', '-u', init, '-c', `luafile ${script}`],
    {
      cwd: workspace,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...process.env,
        ENTAIL_RECORD: record,
        PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
        XDG_STATE_HOME: folder,
        XDG_DATA_HOME: folder,
        XDG_CACHE_HOME: folder,
      },
    },
  );
  if (error) throw error;
  process.stdout.write(stdout);
  const mended = readFileSync(record, 'utf8') === text;
  if (status !== 0 || !mended) {
    process.stderr.write(`${stderr}\nneovim: ${mended ? 'failed' : 'the fix left another text'}\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
