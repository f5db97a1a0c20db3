package org.zegel.smime.open;

import org.zegel.model.Layer;

/**
 * A part as it was read.
 *
 * @param signature the state of the signatures around all of it
 */
record Reading(Layer layer, SignatureState signature) {
    static Reading of(Layer layer) {
        return new Reading(layer, SignatureState.NONE);
    }
}
