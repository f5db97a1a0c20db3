package org.zegel.operation.client;
public final class Clients {}
