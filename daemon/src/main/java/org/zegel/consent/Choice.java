package org.zegel.consent;

/**
 * What the person chose.
 *
 * @param index of the one chosen, from 0
 * @param remember whether it is to be the one for this address from now on
 */
public record Choice(int index, boolean remember) {}
