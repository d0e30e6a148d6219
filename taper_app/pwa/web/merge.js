// Stands in for mergician, with which Reflex merges the props of a Radix slot into its child: no page here has a slot.

/** One object of two, the second one's keys winning. @param {object} under @param {object} over */
export const mergician = (under, over) => ({ ...under, ...over });
