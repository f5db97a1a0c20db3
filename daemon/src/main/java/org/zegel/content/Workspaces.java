package org.zegel.content;

/** Makes workspaces; the spool directory and its limits are behind it. */
@FunctionalInterface
public interface Workspaces {
    Workspace open();
}
