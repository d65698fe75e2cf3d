package dev.slipway.release.step;

import dev.slipway.github.DeploymentStatus;
import dev.slipway.github.GitHub;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.Map;
import java.util.Optional;

/// Tells GitHub what was deployed where, with the manifest: first the deployment, then its status.
public final class RecordDeployment {
    private RecordDeployment() {}

    private static String environment(StepScope scope) {
        return scope.plan().pins().getOrDefault("environment", "production");
    }

    /// The deployment itself.
    public record Create(GitHub gitHub) implements StepWork {
        @Override
        public Observation observe(StepScope scope) {
            return gitHub.deployments(environment(scope), Shipped.commit(scope)).stream()
                    .filter(d -> scope.mine(d.payload().getOrDefault("mark", "")))
                    .reduce((_, oldest) -> oldest)
                    .<Observation>map(d ->
                            new Observation.Done(
                                    Map.of("record-deployment.id", "" + d.id()),
                                    Map.of("deployment", "" + d.id())))
                    .orElseGet(() -> Observation.Absent.seen(Map.of("deployment", "none")));
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            var made =
                    gitHub.createDeployment(
                            Shipped.commit(scope),
                            environment(scope),
                            scope.plan().target(),
                            Manifest.of(scope).payload(scope.mark()),
                            true);
            return new Receipt(Map.of("deployment", "" + made.id()));
        }
    }

    /// Its status.
    public record Status(GitHub gitHub) implements StepWork {
        @Override
        public Observation observe(StepScope scope) {
            var id = scope.output("record-deployment.id");
            if (id.isEmpty()) {
                return new Observation.Failed("There is no deployment to mark.", Map.of());
            }
            return gitHub.deploymentStatuses(Long.parseLong(id.get())).stream()
                            .anyMatch(s -> scope.mine(s.description()))
                    ? Observation.Done.seen(Map.of("deployment", id.get()))
                    : Observation.Absent.seen(Map.of("deployment", id.get()));
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            var status =
                    gitHub.createDeploymentStatus(
                            Long.parseLong(scope.need("record-deployment.id")),
                            DeploymentStatus.State.SUCCESS,
                            scope.plan().target() + " is live (" + scope.mark() + ")",
                            Optional.empty(),
                            Optional.empty());
            return new Receipt(Map.of("status", "" + status.id()));
        }
    }
}
