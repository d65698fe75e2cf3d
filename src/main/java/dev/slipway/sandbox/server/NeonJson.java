package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonDatabase;
import dev.slipway.sandbox.world.NeonEndpoint;
import dev.slipway.sandbox.world.NeonOperation;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonRole;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Things of a Neon world in the shapes of Neon's API (types of `@neondatabase/api-client`). A
/// field Neon leaves out is left out here.
final class NeonJson {
    static final String ORGANISATION = "org-sandbox-00000001";
    static final String USER = "00000000-0000-4000-8000-000000000001";

    private static final String REGION = "sandbox-loopback";

    private NeonJson() {}

    static Map<String, Object> project(NeonProject project, Optional<Instant> lastActive) {
        var json = object();
        json.put("id", project.id());
        json.put("platform_id", "sandbox");
        json.put("region_id", REGION);
        json.put("name", project.name());
        json.put("provisioner", "k8s-neonvm");
        json.put(
                "default_endpoint_settings",
                Map.of(
                        "autoscaling_limit_min_cu",
                        0.25,
                        "autoscaling_limit_max_cu",
                        2,
                        "suspend_timeout_seconds",
                        0));
        json.put("settings", Map.of("enable_logical_replication", false));
        json.put("pg_version", 18);
        json.put("proxy_host", "127.0.0.1");
        json.put("branch_logical_size_limit", 0);
        json.put("branch_logical_size_limit_bytes", 0);
        json.put("store_passwords", true);
        json.put("creation_source", "console");
        json.put("history_retention_seconds", project.historySeconds());
        json.put("created_at", time(project.createdAt()));
        json.put("updated_at", time(project.updatedAt()));
        json.put("active_time", 0);
        json.put("active_time_seconds", 0);
        json.put("compute_time_seconds", 0);
        json.put("cpu_used_sec", 0);
        json.put("written_data_bytes", 0);
        json.put("data_transfer_bytes", 0);
        json.put("data_storage_bytes_hour", 0);
        json.put("synthetic_storage_size", 0);
        json.put("consumption_period_start", time(project.createdAt()));
        json.put("consumption_period_end", time(project.createdAt().plus(Duration.ofDays(30))));
        json.put("owner_id", ORGANISATION);
        json.put("org_id", ORGANISATION);
        lastActive.ifPresent(at -> json.put("compute_last_active_at", time(at)));
        return json;
    }

    static Map<String, Object> branch(NeonBranch branch, Instant now) {
        var json = object();
        var ready = !now.isBefore(branch.readyAt());
        json.put("id", branch.id());
        json.put("project_id", branch.projectId());
        branch.parentId().ifPresent(id -> json.put("parent_id", id));
        branch.parentLsn().ifPresent(lsn -> json.put("parent_lsn", lsn));
        branch.parentTime().ifPresent(at -> json.put("parent_timestamp", time(at)));
        json.put("name", branch.name());
        var changing = branch.lastResetAt().isPresent() ? "resetting" : "init";
        json.put("current_state", ready ? "ready" : changing);
        if (!ready) {
            json.put("pending_state", "ready");
        }
        json.put("state_changed_at", time(ready ? branch.readyAt() : branch.updatedAt()));
        json.put("creation_source", "console");
        json.put("primary", branch.isDefault());
        json.put("default", branch.isDefault());
        json.put("protected", branch.isProtected());
        json.put("cpu_used_sec", 0);
        json.put("compute_time_seconds", 0);
        json.put("active_time_seconds", 0);
        json.put("written_data_bytes", 0);
        json.put("data_transfer_bytes", 0);
        json.put("created_at", time(branch.createdAt()));
        json.put("updated_at", time(branch.updatedAt()));
        branch.expiresAt()
                .ifPresent(at -> {
                    json.put("expires_at", time(at));
                    json.put(
                            "ttl_interval_seconds",
                            Math.max(0, branch.createdAt().until(at, ChronoUnit.SECONDS)));
                });
        branch.lastResetAt().ifPresent(at -> json.put("last_reset_at", time(at)));
        json.put("created_by", Map.of("name", "sandbox", "image", ""));
        json.put("init_source", "parent-data");
        return json;
    }

    static Map<String, Object> annotation(NeonBranch branch) {
        return Map.of(
                "object",
                Map.of("type", "console/branch", "id", branch.id()),
                "value",
                branch.annotation(),
                "created_at",
                time(branch.createdAt()),
                "updated_at",
                time(branch.createdAt()));
    }

    /// @param readyAt when its branch is ready; until then it is being made
    static Map<String, Object> endpoint(NeonEndpoint endpoint, Instant readyAt, Instant now) {
        var json = object();
        var ready = !now.isBefore(readyAt);
        var state = endpoint.state().name().toLowerCase(java.util.Locale.ROOT);
        json.put("host", host(endpoint));
        json.put("id", endpoint.id());
        json.put("project_id", endpoint.projectId());
        json.put("branch_id", endpoint.branchId());
        json.put("autoscaling_limit_min_cu", endpoint.minCu());
        json.put("autoscaling_limit_max_cu", endpoint.maxCu());
        json.put("region_id", REGION);
        json.put("type", endpoint.readOnly() ? "read_only" : "read_write");
        json.put("current_state", ready ? state : "init");
        if (!ready) {
            json.put("pending_state", state);
        }
        json.put("settings", Map.of("pg_settings", Map.of()));
        json.put("pooler_enabled", false);
        json.put("pooler_mode", "transaction");
        json.put("disabled", endpoint.disabled());
        json.put("passwordless_access", false);
        endpoint.lastActive().ifPresent(at -> json.put("last_active", time(at)));
        json.put("creation_source", "console");
        json.put("created_at", time(endpoint.createdAt()));
        json.put("updated_at", time(endpoint.updatedAt()));
        endpoint.startedAt().ifPresent(at -> json.put("started_at", time(at)));
        if (state.equals("idle")) {
            endpoint.suspendedAt().ifPresent(at -> json.put("suspended_at", time(at)));
        }
        json.put("proxy_host", "127.0.0.1");
        json.put("suspend_timeout_seconds", endpoint.suspendSeconds());
        json.put("provisioner", "k8s-neonvm");
        return json;
    }

    /// There is one address for all computes here, so the port is part of the name.
    static String host(NeonEndpoint endpoint) {
        return "127.0.0.1:" + endpoint.port();
    }

    static Map<String, Object> operation(NeonOperation operation, Instant now) {
        var json = object();
        json.put("id", operation.id());
        json.put("project_id", operation.projectId());
        operation.branchId().ifPresent(id -> json.put("branch_id", id));
        operation.endpointId().ifPresent(id -> json.put("endpoint_id", id));
        json.put("action", operation.action());
        json.put("status", operation.status(now));
        json.put("failures_count", 0);
        json.put("created_at", time(operation.createdAt()));
        json.put("updated_at", time(operation.updatedAt(now)));
        var until = operation.over(now) ? operation.endsAt() : now;
        json.put(
                "total_duration_ms",
                Math.max(0, operation.startsAt().until(until, ChronoUnit.MILLIS)));
        return json;
    }

    static List<Map<String, Object>> operations(List<NeonOperation> operations, Instant now) {
        return operations.stream().map(o -> operation(o, now)).toList();
    }

    static Map<String, Object> role(NeonRole role, boolean withPassword) {
        var json = object();
        json.put("branch_id", role.branchId());
        json.put("name", role.name());
        if (withPassword) {
            json.put("password", role.password());
        }
        json.put("protected", false);
        json.put("authentication_method", role.login() ? "password" : "no_login");
        json.put("created_at", time(role.createdAt()));
        json.put("updated_at", time(role.updatedAt()));
        return json;
    }

    static Map<String, Object> database(NeonDatabase database) {
        var json = object();
        json.put("id", database.id());
        json.put("branch_id", database.branchId());
        json.put("name", database.name());
        json.put("owner_name", database.owner());
        json.put("created_at", time(database.createdAt()));
        json.put("updated_at", time(database.updatedAt()));
        return json;
    }

    /// RFC 3339 with the precision of seconds, as Neon's.
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, Object> object() {
        return new LinkedHashMap<>();
    }
}
