using Fikspunkt.Statistics.Frontiers;
using static Fikspunkt.Statistics.Tests.WorkedExampleTests;

namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>The numbers printed in docs/methods/frontiers-*.md are what the library computes.</summary>
public sealed class FrontierPageTests
{
    /// <summary>Eight offices: caseworkers and million kr; people into work.</summary>
    private static readonly RowMatrix X = new(8, 2, [20, 30, 40, 30, 40, 60, 60, 50, 50, 80, 30, 70, 35, 45, 60, 60]);
    private static readonly RowMatrix Y = new(8, 1, [200, 300, 420, 330, 360, 210, 250, 400]);

    [Fact]
    public void Dea_Page_ShowsWhatIsComputed()
    {
        var result = Dea.Efficiency(X, Y, new FrontierOptions());
        var output = Dea.Efficiency(X, Y, new FrontierOptions(Orientation: FrontierOrientation.Output));
        var graph = Dea.Efficiency(X, Y, new FrontierOptions(Orientation: FrontierOrientation.Graph));
        var slacks = Slacks.SecondStage(X, Y, new FrontierOptions());
        var potential = Potential.OfInputs(X, result);
        var money = potential.InMoney([0.6m, 1m]);
        ShouldShow(
            "frontiers-dea.md",
            $"VRS, input      {List(result.Efficiency, 4)}",
            $"CRS, input      {List(Dea.Efficiency(X, Y, new FrontierOptions(ReturnsToScale.Constant)).Efficiency, 4)}",
            $"scale           {List(Dea.ScaleEfficiency(X, Y, new FrontierOptions()), 4)}",
            $"FDH, input      {List(Dea.Efficiency(X, Y, new FrontierOptions(ReturnsToScale.FreeDisposal)).Efficiency, 4)}",
            $"VRS, output     {List(output.Efficiency, 4)}",
            $"VRS, graph      {List(graph.Efficiency, 4)}",
            $"VRS, super      {List(Dea.SuperEfficiency(X, Y, new FrontierOptions()).Efficiency, 4)}",
            $"peers of 5      {string.Join(", ", result.Peers[4].Select(peer => $"{peer.Unit + 1}: {List([peer.Weight], 4)}"))}",
            $"v, u, w of 5    {List([.. result.InputMultipliers.Row(4)], 6)} | {List([.. result.OutputMultipliers.Row(4)], 6)} | {List([result.Intercept[4]], 4)}",
            $"slacks of 5     {List([.. slacks.InputSlacks.Row(4)], 3)} | {List([.. slacks.OutputSlacks.Row(4)], 3)}",
            $"additive        {List(Slacks.Additive(X, Y, new FrontierOptions()).Sum, 4)}",
            $"saved, share    {List(potential.Total, 3)} | {List(potential.Share, 4)}",
            $"million kr      {List([.. money.Select(kr => (double)kr)], 2)}");
    }

    [Fact]
    public void Bootstrap_Page_ShowsWhatIsComputed()
    {
        var result = FrontierBootstrap.Run(X, Y, new FrontierOptions(), new FrontierBootstrapOptions(Seed: 1));
        ShouldShow(
            "frontiers-bootstrap.md",
            $"efficiency       {List(result.Efficiency, 3)}",
            $"bias-corrected   {List(result.BiasCorrected, 3)}",
            $"lower            {List(result.Lower, 3)}",
            $"upper            {List(result.Upper, 3)}",
            $"bandwidth        {List([result.Bandwidth], 5)}");
    }

    [Fact]
    public void Partial_Page_ShowsWhatIsComputed()
    {
        var x = new RowMatrix(6, 1, [10, 12, 14, 15, 20, 30]);
        var y = new RowMatrix(6, 1, [1, 1, 1, 1, 1, 1]);
        var influence = FrontierInfluence.LeaveOneOut(X, Y, new FrontierOptions());
        ShouldShow(
            "frontiers-partial.md",
            $"FDH               {List(Dea.Efficiency(x, y, new FrontierOptions(ReturnsToScale.FreeDisposal)).Efficiency, 4)}",
            $"order-m, m = 3    {List(PartialFrontier.OrderM(x, y, 3, new FrontierOptions()).Efficiency, 4)}",
            $"order-alpha, 0.8  {List(PartialFrontier.OrderAlpha(x, y, 0.8, new FrontierOptions()).Efficiency, 4)}",
            $"affected          {List([.. influence.Affected.Select(count => (double)count)], 0)}",
            $"mean change       {List(influence.MeanChange, 4)}",
            $"largest change    {List(influence.LargestChange, 4)}");
    }

    [Fact]
    public void Malmquist_Page_ShowsWhatIsComputed()
    {
        var later = new RowMatrix(8, 2, [20, 28, 38, 31, 38, 58, 50, 50, 50, 70, 30, 60, 36, 46, 60, 60]);
        var result = Malmquist.Change(X, Y, later, Y, new FrontierOptions());
        ShouldShow(
            "frontiers-malmquist.md",
            $"index             {List(result.Index, 4)}",
            $"efficiency        {List(result.EfficiencyChange, 4)}",
            $"technical         {List(result.TechnicalChange, 4)}",
            $"pure efficiency   {List(result.PureEfficiencyChange, 4)}",
            $"scale             {List(result.ScaleChange, 4)}");
    }

    [Fact]
    public void Environment_Page_ShowsWhatIsComputed()
    {
        // Twelve offices: one input, one output, unemployment around them in per cent.
        var x = new RowMatrix(12, 1, [10, 14, 13, 18, 20, 26, 25, 34, 33, 40, 44, 52]);
        var y = new RowMatrix(12, 1, [10, 11, 12, 13, 18, 19, 22, 24, 30, 29, 38, 36]);
        double[] unemployment = [3, 5, 3.5, 6, 3.8, 6.5, 4, 6.2, 3.2, 5.8, 4.1, 7];
        var z = RowMatrix.FromColumns([.. Enumerable.Repeat(1.0, 12)], unemployment);
        var options = new FrontierOptions(ReturnsToScale.Constant);
        var fit = EnvironmentRegression.Fit(x, y, z, options, new EnvironmentOptions());

        // The easier the environment, the more of it is an input: 10 less unemployment.
        var oneStage = Dea.Efficiency(
            RowMatrix.FromColumns([.. x.Values], [.. unemployment.Select(value => 10 - value)]), y, new FrontierOptions { FixedInputs = [1] });
        ShouldShow(
            "frontiers-environment.md",
            $"delta             {List(fit.Delta, 4)}",
            $"coefficients      {List(fit.Coefficients, 4)}",
            $"standard errors   {List(fit.StandardErrors, 4)}",
            $"lower             {List(fit.Lower, 4)}",
            $"upper             {List(fit.Upper, 4)}",
            $"sigma             {List([fit.Sigma], 4)}",
            $"VRS               {List(Dea.Efficiency(x, y, new FrontierOptions()).Efficiency, 4)}",
            $"with environment  {List(oneStage.Efficiency, 4)}");
    }
}
