package org.zegel.operation;

import org.zegel.content.Workspace;
import org.zegel.model.Client;
import org.zegel.model.Progress;

/**
 * One call being served: for whom, who is told how far it is, and where its temporary contents live. Contents in a
 * result belong to the workspace; who wants one for longer keeps it before the workspace closes.
 */
public record Call(Client client, Progress progress, Workspace workspace) {}
