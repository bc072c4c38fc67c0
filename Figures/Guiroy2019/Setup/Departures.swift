extension ImageFigure {
  /// What the experiments on images do otherwise than the paper.
  package static var departures: [String] { imageDepartures }

  /// The same, for figures that have more to say.
  package static var imageDepartures: [String] {
    let (standard, paper) = (Preset.standard.photographs, Preset.paper.photographs)
    return [
      "Below the `paper` budget images are smaller, nets narrower and trainings shorter: the "
        + "paper's 50 000 meta-iterations of Conv-4 on a GPU do not fit into minutes on two cores. "
        + "The table of presets has the numbers, also of episodes that are measured on (500 and 60 in the "
        + "paper), of meta-batches and outer rates. Networks there have a head on all features, and scale "
        + "and shift of batch normalisation that adapt; at `paper` they are as in the code of Finn et al.",
      "The episodes for a measurement are one list for all epochs, where the paper seems to draw 500 anew "
        + "after each; Figures 3 and 10 have half as many.",
      "Without published data the procedural stand-ins `glyphs` and `scenes` take the place of "
        + "Omniglot and mini-ImageNet, since neither may be shipped. A verdict on stand-ins is one "
        + "on the phenomenon, not on the paper's numbers.",
      "The inner loss is the mean over the support images, at the rates that the paper states, but "
        + "for photographs at standard and overnight, save in Figure 4: their inner rate is "
        + "\(standard.rate) instead of \(paper.rate), with which first-order MAML would not learn "
        + "them in \(standard.epochs * standard.iterations) meta-iterations. In the code of Finn et "
        + "al., which the paper seems to build on, the loss of five ways is five times the mean.",
      "Queries per class, the estimator of the spectral norm (Lanczos) and the episodes for "
        + "gradients are not stated; they are in the table of presets and in the modules' pages. "
        + "Below the `paper` budget a quarter as many trajectories are followed with twenty ways, at "
        + "standard also with five shots; Figure 6 leaves second order with five shots out there. At "
        + "overnight photographs with five shots are left to `paper` in all figures.",
      "Bands are 95 % intervals over seeds (Student t); the paper's are not explained.",
    ]
  }

  /// The same, and what the finetuning baseline does otherwise.
  package static var baselineDepartures: [String] {
    imageDepartures + [
      "The finetuning baseline's new head is drawn for every episode, the same at all epochs; the paper "
        + "does not say how often it is drawn. Episodes that shared a head would share the gradient of what is "
        + "wrong with it, and cohere for that reason. "
        + "Its batches and updates per epoch are the paper's, its epochs as many as MAML's here; at "
        + "overnight, photographs have the updates of the paper's hundred epochs in those."
    ]
  }
}
