package org.zegel.store.cryptoki.helper;

import org.zegel.store.cryptoki.ModuleFailure;

/** How many helpers there may be. */
interface HelperRoom {
    /** @throws ModuleFailure when there are too many, all of them needed */
    void take(ModuleProcess module) throws ModuleFailure;
}
