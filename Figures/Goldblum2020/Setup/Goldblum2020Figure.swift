import CommonSetup

/// A figure or table of "Unraveling Meta-Learning".
package protocol Goldblum2020Figure: ComputedFigure {}
