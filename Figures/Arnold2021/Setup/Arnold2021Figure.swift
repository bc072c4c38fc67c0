import CommonSetup

/// A figure or table of "When MAML Can Adapt Fast and How to Assist When It Cannot".
package protocol Arnold2021Figure: ComputedFigure {}
