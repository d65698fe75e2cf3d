package dev.slipway.sandbox.world;

import org.eclipse.jgit.lib.PersonIdent;

/// Who wrote or committed something.
public record GitPerson(String name, String email) {
    static GitPerson of(PersonIdent ident) {
        return new GitPerson(ident.getName(), ident.getEmailAddress());
    }
}
