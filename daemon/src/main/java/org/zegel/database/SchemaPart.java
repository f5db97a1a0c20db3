package org.zegel.database;

import java.util.List;

/**
 * The tables of one part of Zegel, as the steps that build them. Steps are append-only: a released one never changes.
 *
 * @param name stable name of the part, such as {@code consent}
 * @param steps SQL scripts (one or more statements each); the first is number 1
 */
public record SchemaPart(String name, List<String> steps) {
    public SchemaPart {
        steps = List.copyOf(steps);
    }
}
