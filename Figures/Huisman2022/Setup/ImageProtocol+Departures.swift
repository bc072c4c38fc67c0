import DataSets

extension ImageTable {
  /// Those of the image experiments.
  package static var departures: [String] { ImageProtocol.departures }
}

extension ImageProtocol {
  /// What the image experiments do otherwise than the paper and its code.
  package static var departures: [String] {
    let (standard, paper) = (ImageProtocol.of(.standard), ImageProtocol.of(.paper))
    return [
      "Below the `paper` budget images are smaller and networks narrower and trained for shorter: at "
        + "standard images of \(standard.side) pixels, \(standard.depth) blocks of "
        + "\(standard.filters) filters and \(standard.tasks[1] ?? 0) (1-shot) or "
        + "\(standard.tasks[5] ?? 0) (5-shot) episodes instead of \(paper.side) pixels, "
        + "\(paper.depth) blocks of \(paper.filters) filters and \(paper.tasks[1] ?? 0) or "
        + "\(paper.tasks[5] ?? 0) episodes. Blocks pad their images there, which would vanish "
        + "otherwise, and rates are larger (`ImageProtocol`), the same for both orders.",
      "At standard the meta-learner LSTM is left out, and Table 3.1 has mini-ImageNet or its stand-in "
        + "alone, and Table 3.4 the columns with five shots alone, where the paper's orders differ most: "
        + "all would take twice three minutes. At overnight methods learn mini-ImageNet alone, and CUB is "
        + "only judged on: learning it as well would take some five hours more on two cores, by "
        + "`refigure plan`.",
      "Without published data the procedural stand-ins `scenes` and `birds` take the place of "
        + "mini-ImageNet and CUB, since none may be shipped. A verdict on stand-ins is one on the "
        + "phenomenon, not on the paper's numbers.",
      "CUB is divided as by Chen et al. (100 / 50 / 50 classes); the authors' division is random and "
        + "not published.",
      "Episodes have 15 queries of each class instead of the code's 16, since some classes of the CUB "
        + "edition of 2010 have 20 images; images are drawn without replacement, where in the code "
        + "support and query may share some. They are drawn anew for every seed instead of once.",
      "MAML answers after T = 5 steps in tests as in training; the authors' code takes 10 in tests.",
      "Entries are medians over seeds of the mean accuracy over test episodes, as the captions say, "
        + "with order statistics as their interval; the authors' code averages medians over episodes "
        + "after leaving out runs far from the others.",
      "TrainFromScratch, Finetuning and Baseline++ take steps of Adam on the whole support set instead "
        + "of on minibatches of 4 images, and normalise by the statistics of the batch at hand, where "
        + "the code has those of the last batch of training for the last two.",
    ]
  }
}
