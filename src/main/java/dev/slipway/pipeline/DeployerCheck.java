package dev.slipway.pipeline;

import dev.slipway.domain.SourceTree;
import dev.slipway.pipeline.Deployers.Deployer;
import dev.slipway.stack.Stack.IgnoredWorkflow;
import dev.slipway.stack.yaml.YamlDocument;
import dev.slipway.stack.yaml.YamlException;
import dev.slipway.stack.yaml.YamlNode;
import dev.slipway.stack.yaml.YamlNode.YamlMap;
import dev.slipway.stack.yaml.YamlNode.YamlScalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Finds what deploys or migrates when the base branch moves, however indirectly it is started.
public final class DeployerCheck {
    private static final String FOLDER = ".github/workflows";
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_PARTS = 50_000;
    private static final Pattern EVENT = Pattern.compile("github\\.event_name *== *'([a-z_]+)'");
    private static final Pattern REF = Pattern.compile("github\\.ref *== *'refs/heads/([^']+)'");

    private final SourceTree tree;
    private final String branch;
    private final Map<String, String> ignored = new TreeMap<>();
    private final Map<String, Workflow> workflows = new TreeMap<>();
    private final CommandReader commands;
    private final Set<Deployer> found = new LinkedHashSet<>();
    private final Set<Deployer> unresolved = new LinkedHashSet<>();

    private DeployerCheck(SourceTree tree, String branch, List<IgnoredWorkflow> ignored) {
        this.tree = tree;
        this.branch = branch;
        this.commands = new CommandReader(tree);
        ignored.forEach(each -> this.ignored.put(FOLDER + "/" + each.workflow(), each.reason()));
    }

    /// Checks the workflows of `tree` for a push to `branch`.
    public static Deployers of(SourceTree tree, String branch, List<IgnoredWorkflow> ignored) {
        var check = new DeployerCheck(tree, branch, ignored);
        check.load();
        check.reached().forEach(each -> check.workflow(each, each, new LinkedHashSet<>()));
        return new Deployers(List.copyOf(check.found), List.copyOf(check.unresolved));
    }

    private void load() {
        for (var path : tree.files(FOLDER)) {
            if (path.indexOf('/', FOLDER.length() + 1) < 0 && path.matches(".*\\.ya?ml")) {
                read(path).ifPresent(root -> workflows.put(path, Workflow.of(path, root)));
            }
        }
    }

    private Optional<YamlMap> read(String path) {
        try {
            var bytes = tree.file(path);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            return YamlDocument.read(bytes.get(), MAX_BYTES, MAX_PARTS).flatMap(YamlNode::asMap);
        } catch (YamlException e) {
            unresolved.add(deployer(path, path, e.position().line(), e.sentence()));
            return Optional.empty();
        }
    }

    /// The workflows a push to the branch starts, at once or one after the other.
    private Set<Workflow> reached() {
        var reached = new LinkedHashSet<Workflow>();
        for (var each : workflows.values()) {
            if (each.startedByPush(branch) || each.startedByMerge(branch)) {
                reached.add(each);
            }
        }
        for (boolean more = true; more; ) {
            more = false;
            for (var each : workflows.values()) {
                if (!reached.contains(each)
                        && reached.stream().anyMatch(other -> each.startedAfter(other, branch))) {
                    more = reached.add(each);
                    break;
                }
            }
        }
        return reached;
    }

    /// @param started the workflow that GitHub starts; `workflow` is itself or one it calls
    private void workflow(Workflow started, Workflow workflow, Set<String> calls) {
        if (!calls.add(workflow.file())) {
            return;
        }
        for (var job : workflow.jobs()) {
            if (never(started, job)) {
                continue;
            }
            var uses = job.get("uses").flatMap(YamlNode::asText);
            if (uses.isPresent()) {
                call(started, workflow, job, uses.get(), calls);
            }
            var folder =
                    workingDirectory(job).or(() -> workingDirectory(workflow.root())).orElse("");
            steps(started, workflow.file(), job, folder);
        }
        calls.remove(workflow.file());
    }

    private static Optional<String> workingDirectory(YamlMap map) {
        return map.get("defaults")
                .flatMap(YamlNode::asMap)
                .flatMap(defaults -> defaults.get("run"))
                .flatMap(YamlNode::asMap)
                .flatMap(run -> run.get("working-directory"))
                .flatMap(YamlNode::asText);
    }

    private void call(
            Workflow started, Workflow workflow, YamlMap job, String uses, Set<String> calls) {
        int line = job.get("uses").orElse(job).at().line();
        var local = workflows.get(uses.replaceFirst("^\\./", ""));
        if (local != null) {
            workflow(started, local, calls);
        } else {
            unresolved.add(
                    deployer(
                            started.file(),
                            workflow.file(),
                            line,
                            "calls "
                                    + uses
                                    + (uses.startsWith("./")
                                            ? ", which is not in the repository"
                                            : ", which is in another repository")));
        }
    }

    private void steps(Workflow started, String file, YamlMap owner, String folder) {
        var steps = owner.get("steps").map(YamlNode::elements).stream().flatMap(each -> each);
        for (var step : steps.flatMap(each -> each.asMap().stream()).toList()) {
            if (never(started, step)) {
                continue;
            }
            var at =
                    step.get("working-directory")
                            .flatMap(YamlNode::asText)
                            .map(each -> each.replaceFirst("^\\./", "").replaceFirst("/$", ""))
                            .orElse(folder);
            if (step.get("run").orElse(null) instanceof YamlScalar run) {
                int first = run.at().line() + (!run.plain() && run.text().contains("\n") ? 1 : 0);
                for (var effect : commands.effects(run.text(), at)) {
                    add(started, file, first + effect.line(), effect);
                }
            }
            var uses = step.get("uses").flatMap(YamlNode::asText);
            if (uses.isPresent()) {
                action(started, file, step, uses.get(), at);
            }
        }
    }

    private void action(Workflow started, String file, YamlMap step, String uses, String folder) {
        int line = step.get("uses").orElse(step).at().line();
        if (uses.startsWith("./")) {
            var path = uses.substring(2);
            var action = read(path + "/action.yml").or(() -> read(path + "/action.yaml"));
            action.flatMap(each -> each.get("runs"))
                    .flatMap(YamlNode::asMap)
                    .ifPresentOrElse(
                            runs -> steps(started, path + "/action.yml", runs, folder),
                            () ->
                                    unresolved.add(
                                            deployer(
                                                    started.file(),
                                                    file,
                                                    line,
                                                    "uses " + uses + ", which cannot be read")));
        } else if (uses.startsWith("cloudflare/wrangler-action@")) {
            var with = step.get("with").flatMap(YamlNode::asMap);
            var command =
                    with.flatMap(each -> each.get("command"))
                            .flatMap(YamlNode::asText)
                            .orElse("deploy");
            for (var each : command.split("\n")) {
                var words =
                        List.of(each.strip().replaceAll("\\$\\{\\{.*?}}", "\\$E").split("\\s+"));
                CommandReader.vendor("wrangler", words)
                        .ifPresent(effect -> add(started, file, line, effect));
            }
            with.flatMap(each -> each.get("secrets"))
                    .flatMap(YamlNode::asText)
                    .ifPresent(_ ->
                            add(
                                    started,
                                    file,
                                    line,
                                    new CommandReader.Effect(
                                            0, true, "changes secrets of a Worker")));
        } else if (uses.matches("(?i).*(wrangler|drizzle|cloudflare/pages).*@.*")) {
            unresolved.add(deployer(started.file(), file, line, "uses " + uses));
        }
    }

    private void add(Workflow started, String file, int line, CommandReader.Effect effect) {
        (effect.certain() ? found : unresolved)
                .add(deployer(started.file(), file, line, effect.why()));
    }

    private Deployer deployer(String started, String file, int line, String why) {
        var workflow = workflows.get(started);
        var reason = Optional.ofNullable(ignored.get(started));
        return new Deployer(
                workflow == null ? started : workflow.name(),
                file,
                line,
                why,
                reason.isPresent() ? reason : Optional.ofNullable(ignored.get(file)));
    }

    /// Whether a condition certainly keeps a job or step from running. Only plain ones are read.
    private boolean never(Workflow started, YamlMap owner) {
        var condition = owner.get("if").flatMap(YamlNode::asText).orElse("").strip();
        if (condition.equals("false") || condition.equals("${{ false }}")) {
            return true;
        }
        if (condition.contains("||") || condition.contains("!")) {
            return false;
        }
        var event = EVENT.matcher(condition);
        if (event.find() && !events(started).contains(event.group(1))) {
            return true;
        }
        var ref = REF.matcher(condition);
        return ref.find() && !ref.group(1).equals(branch);
    }

    private Set<String> events(Workflow started) {
        var events = new LinkedHashSet<String>();
        if (started.startedByPush(branch)) {
            events.add("push");
        }
        if (started.startedByMerge(branch)) {
            events.addAll(List.of("pull_request", "pull_request_target"));
        }
        if (started.trigger("workflow_run").isPresent()) {
            events.add("workflow_run");
        }
        return events;
    }
}
