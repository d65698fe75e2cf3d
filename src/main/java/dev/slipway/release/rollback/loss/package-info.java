/// What going back would cost in rows, counted before it happens, and how those rows come back after it
/// did.
///
/// Two states of one database are compared table by table, by key, in Postgres itself: what is read over
/// the wire is digests, and of rows only keys and the few that are shown. Counting writes nothing. Values
/// of rows reach a person's screen and the files a person asked for, and nothing else: no log, no
/// journal, no comment.
@NullMarked
package dev.slipway.release.rollback.loss;

import org.jspecify.annotations.NullMarked;
