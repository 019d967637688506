package org.copick.entity;

/** What the voxel values of a segmentation mean (spec section 14.4). */
public enum SegmentationType {
    /** 1 inside one object. Array z, y, x. */
    BINARY,
    /** The labels of many objects. Array z, y, x. */
    MULTILABEL,
    /** The ids of single instances of one object, 0 outside. Array z, y, x. */
    INSTANCE,
    /** Two channels: object labels, and instance ids within the object. Array channel, z, y, x. */
    PANOPTIC
}
