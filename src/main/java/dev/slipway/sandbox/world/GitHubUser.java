package dev.slipway.sandbox.world;

/// Somebody with an account.
///
/// @param bot whether it is an app and not a person
public record GitHubUser(long id, String login, String name, boolean bot) {
    /// How this account signs commits.
    public GitPerson person() {
        return new GitPerson(name, id + "+" + login + "@users.noreply.github.com");
    }
}
