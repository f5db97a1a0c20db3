package org.zegel.store.cryptoki.helper;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.Modules;

/** All modules and their helpers. One thread, while there are helpers, ends those that nobody needs. */
public final class ModuleProcesses implements Modules {
    private static final int SWEEPS_PER_IDLE_TIME = 4;
    private static final long LONGEST_SWEEP_MILLIS = 5_000;

    private final HelperCommand command;
    private final HelperLimits limits;
    private final Map<ModuleSpec, ModuleProcess> modules = new ConcurrentHashMap<>();
    private @Nullable Thread sweeper;

    public ModuleProcesses(HelperCommand command, HelperLimits limits) {
        this.command = command;
        this.limits = limits;
    }

    @Override
    public Module open(ModuleSpec spec) {
        return module(spec);
    }

    ModuleProcess module(ModuleSpec spec) {
        return modules.computeIfAbsent(spec, each -> new ModuleProcess(each, command, limits, this::makeRoom));
    }

    /** How many helpers are running. */
    public long running() {
        return modules.values().stream().filter(ModuleProcess::isRunning).count();
    }

    /** Several may start at once, and then there is one or the other more for a while. */
    private void makeRoom(ModuleProcess starting) throws ModuleFailure {
        if (running() >= limits.helpers()) {
            Optional<ModuleProcess> longestIdle = modules.values().stream()
                    .filter(module -> module != starting && module.isRunning() && module.isFree())
                    .min(Comparator.comparingLong(ModuleProcess::lastCall));
            if (longestIdle.isEmpty()) {
                throw new ModuleFailure(Kind.NOT_LOADED, "too many modules are in use");
            }
            longestIdle.get().close();
        }
        sweep();
    }

    private synchronized void sweep() {
        if (sweeper == null) {
            sweeper = Thread.ofPlatform().daemon().name("module helpers").start(this::sweepWhileNeeded);
        }
    }

    private void sweepWhileNeeded() {
        long pause = Math.min(LONGEST_SWEEP_MILLIS, Math.max(1, limits.idle().toMillis() / SWEEPS_PER_IDLE_TIME));
        try {
            do {
                Thread.sleep(pause);
                modules.values().forEach(ModuleProcess::sweep);
            } while (isNeeded());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isNeeded() {
        if (running() > 0) {
            return true;
        }
        sweeper = null;
        return false;
    }

    @Override
    public synchronized void close() {
        if (sweeper != null) {
            sweeper.interrupt();
            sweeper = null;
        }
        modules.values().forEach(ModuleProcess::close);
    }
}
