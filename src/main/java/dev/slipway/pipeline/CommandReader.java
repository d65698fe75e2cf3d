package dev.slipway.pipeline;

import dev.slipway.domain.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells what a shell script does, following the scripts of package.json and of the repository.
final class CommandReader {
    private static final Set<String> PREFIXES =
            Set.of(
                    "sudo",
                    "env",
                    "time",
                    "nice",
                    "exec",
                    "if",
                    "then",
                    "else",
                    "elif",
                    "do",
                    "while",
                    "until",
                    "!",
                    "command",
                    "npx",
                    "bunx",
                    "pnpx",
                    "--",
                    "cross-env",
                    "nohup",
                    "xargs");
    private static final Set<String> RUNNERS = Set.of("npm", "pnpm", "yarn", "bun");
    private static final Set<String> WRAPPERS =
            Set.of("dotenv", "dotenvx", "doppler", "op", "infisical", "timeout", "retry");
    private static final Set<String> INTERPRETERS =
            Set.of("node", "tsx", "ts-node", "deno", "python", "python3", "vite-node");

    private final SourceTree tree;
    private final Packages packages;

    CommandReader(SourceTree tree) {
        this.tree = tree;
        this.packages = new Packages(tree);
    }

    /// What a script does.
    ///
    /// @param line line in the script, from zero
    /// @param certain false when it cannot be told
    record Effect(int line, boolean certain, String why) {}

    List<Effect> effects(String script, String folder) {
        var effects = new ArrayList<Effect>();
        read(script, folder, new HashSet<>(), effects, -1);
        return effects.stream().distinct().toList();
    }

    private void read(
            String script, String folder, Set<String> seen, List<Effect> effects, int line) {
        var at = folder;
        for (var command : Shell.commands(script)) {
            var words = strip(command.words());
            if (words.size() > 1 && words.getFirst().equals("cd")) {
                at = resolve(at, words.get(1));
                continue;
            }
            if (!words.isEmpty()) {
                command(words, at, seen, effects, line < 0 ? command.line() : line);
            }
        }
    }

    /// Takes away what stands before the program itself.
    private static List<String> strip(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            var word = words.get(at);
            if (WRAPPERS.contains(word) && words.contains("--")) {
                at = Math.max(at, words.indexOf("--"));
            }
            boolean launcher = at > 0 && words.get(at - 1).matches("npx|bunx|pnpx|xargs");
            if (PREFIXES.contains(word)
                    || WRAPPERS.contains(word)
                    || word.matches("[A-Za-z_][A-Za-z0-9_]*=.*")
                    || (launcher && word.startsWith("-"))) {
                at++;
            } else {
                break;
            }
        }
        return words.subList(Math.min(at, words.size()), words.size());
    }

    private static String resolve(String folder, String path) {
        if (path.startsWith("/") || path.contains("$")) {
            return "";
        }
        var parts = new ArrayList<String>();
        for (var part : (folder + "/" + path).split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private void command(
            List<String> words, String folder, Set<String> seen, List<Effect> effects, int line) {
        var program = words.getFirst().replaceFirst("^.*/node_modules/\\.bin/", "");
        program = program.replaceFirst("@[0-9a-z^~.-]+$", "");
        var rest = words.subList(1, words.size());
        if (program.equals("wrangler") || program.equals("drizzle-kit")) {
            vendor(program, rest).ifPresent(each -> effects.add(at(line, each)));
        } else if (RUNNERS.contains(program)) {
            runner(rest, folder, seen, effects, line);
        } else if (program.equals("turbo") || program.equals("lerna") || program.equals("nx")) {
            monorepo(rest, seen, effects, line);
        } else if (program.matches("run-s|run-p|npm-run-all|concurrently")) {
            for (var word : rest) {
                script(packages.at(folder), word.replaceFirst("^npm:", ""), seen, effects, line);
            }
        } else if (program.matches("bash|sh|zsh|source|\\.")) {
            rest.stream()
                    .filter(word -> !word.startsWith("-"))
                    .findFirst()
                    .ifPresent(word -> {
                        if (rest.getFirst().matches("-[a-z]*c")) {
                            read(word, folder, seen, effects, line);
                        } else {
                            file(resolve(folder, word), folder, seen, effects, line);
                        }
                    });
        } else if (INTERPRETERS.contains(program)) {
            rest.stream()
                    .filter(word -> word.matches(".*\\.([cm]?[jt]s|py)"))
                    .findFirst()
                    .ifPresent(word -> program(resolve(folder, word), effects, line));
        } else if (program.endsWith(".sh")) {
            file(resolve(folder, program), folder, seen, effects, line);
        } else if (program.equals("make") && rest.stream().anyMatch(CommandReader::suspicious)) {
            effects.add(new Effect(line, false, "runs make " + String.join(" ", rest)));
        } else if (program.startsWith("$EXPRESSION")) {
            effects.add(new Effect(line, false, "runs a command an expression decides"));
        }
    }

    private static Effect at(int line, Effect effect) {
        return new Effect(line, effect.certain(), effect.why());
    }

    private static boolean suspicious(String word) {
        return word.toLowerCase(java.util.Locale.ROOT).matches(".*(deploy|migrat|release).*");
    }

    /// What wrangler or drizzle-kit does with `arguments`.
    static Optional<Effect> vendor(String program, List<String> arguments) {
        var words = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            var word = arguments.get(i);
            if (word.matches("(-e|--env|-c|--config|--name|--cwd)")) {
                i++;
            } else if (!word.startsWith("-")) {
                words.add(word);
            }
        }
        var first = words.isEmpty() ? "" : words.getFirst();
        var second = words.size() < 2 ? "" : words.get(1);
        var all = program + " " + first + (second.isEmpty() ? "" : " " + second);
        if (first.startsWith("$")) {
            return Optional.of(
                    new Effect(0, false, "runs " + program + " with a variable command"));
        }
        boolean does =
                program.equals("drizzle-kit")
                        ? first.equals("migrate") || first.equals("push")
                        : switch (first) {
                            case "deploy", "publish", "rollback" ->
                                    !arguments.contains("--dry-run");
                            case "versions", "triggers" -> second.equals("deploy");
                            // Each change of a secret makes a version and gives it all traffic.
                            case "secret" -> second.matches("put|bulk|delete");
                            default -> false;
                        };
        return does ? Optional.of(new Effect(0, true, "runs " + all.strip())) : Optional.empty();
    }

    private void runner(
            List<String> words, String folder, Set<String> seen, List<Effect> effects, int line) {
        List<Packages.NpmPackage> targets = packages.at(folder);
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var value = word.contains("=") ? word.substring(word.indexOf('=') + 1) : "";
            var next = i + 1 < words.size() ? words.get(i + 1) : "";
            if (word.matches("(--filter|-F|--workspace|-w|workspace)")) {
                targets = packages.filtered(next);
                i++;
            } else if (word.matches("(--filter|--workspace)=.*")) {
                targets = packages.filtered(value);
            } else if (word.matches("(-C|--dir|--prefix|--cwd)")) {
                targets = packages.at(resolve(folder, next));
                i++;
            } else if (word.matches("(--dir|--prefix|--cwd)=.*")) {
                targets = packages.at(resolve(folder, value));
            } else if (word.matches("(-r|--recursive|-ws|--workspaces|workspaces|foreach)")) {
                targets = packages.all();
            } else if (!word.matches("(run|run-script|exec|dlx|x|--)") && !word.startsWith("-")) {
                named(word, words.subList(i, words.size()), targets, folder, seen, effects, line);
                return;
            }
        }
    }

    private void named(
            String name,
            List<String> words,
            List<Packages.NpmPackage> targets,
            String folder,
            Set<String> seen,
            List<Effect> effects,
            int line) {
        if (name.startsWith("$")) {
            effects.add(new Effect(line, false, "runs a script an expression decides"));
        } else if (targets.stream().anyMatch(each -> each.scripts().containsKey(name))) {
            script(targets, name, seen, effects, line);
        } else if (!RUNNERS.contains(name)) {
            command(words, folder, seen, effects, line);
        }
    }

    private void monorepo(List<String> words, Set<String> seen, List<Effect> effects, int line) {
        List<Packages.NpmPackage> targets = packages.all();
        var tasks = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.equals("--")) {
                break;
            }
            if (word.equals("--filter") && i + 1 < words.size()) {
                targets = packages.filtered(words.get(++i));
            } else if (word.startsWith("--filter=")) {
                targets = packages.filtered(word.substring("--filter=".length()));
            } else if (!word.startsWith("-") && !word.equals("run")) {
                tasks.add(word);
            }
        }
        for (var task : tasks) {
            if (task.startsWith("$")) {
                effects.add(new Effect(line, false, "runs a task an expression decides"));
            } else {
                script(targets, task, seen, effects, line);
            }
        }
    }

    /// Follows script `name` of each package, with the hooks npm runs around it.
    private void script(
            List<Packages.NpmPackage> targets,
            String name,
            Set<String> seen,
            List<Effect> effects,
            int line) {
        for (var each : targets) {
            for (var step : List.of("pre" + name, name, "post" + name)) {
                var text = each.scripts().get(step);
                if (text != null && seen.add(each.folder() + "#" + step)) {
                    var inner = new ArrayList<Effect>();
                    read(text, each.folder(), seen, inner, line);
                    for (var effect : inner) {
                        var where = each.folder().isEmpty() ? "package.json" : each.folder();
                        effects.add(
                                new Effect(
                                        line,
                                        effect.certain(),
                                        effect.why() + " (script " + step + " of " + where + ")"));
                    }
                }
            }
        }
    }

    private void file(
            String path, String folder, Set<String> seen, List<Effect> effects, int line) {
        var bytes = tree.file(path);
        if (bytes.isPresent() && seen.add(path)) {
            read(text(bytes.get()), folder, seen, effects, line);
        } else if (bytes.isEmpty() && suspicious(path)) {
            effects.add(
                    new Effect(line, false, "runs " + path + ", which is not in the repository"));
        }
    }

    /// A program is not read as one would a script; the library it uses tells enough.
    private void program(String path, List<Effect> effects, int line) {
        var source = tree.file(path).map(CommandReader::text).orElse("");
        if (source.contains("drizzle-orm/") && source.contains("/migrator")) {
            effects.add(new Effect(line, true, "runs migrations in " + path));
        } else if (source.contains("wrangler deploy") || source.contains("drizzle-kit")) {
            effects.add(new Effect(line, false, "runs " + path + ", which starts other programs"));
        } else if (suspicious(path)) {
            effects.add(new Effect(line, false, "runs " + path + ", which may deploy or migrate"));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
