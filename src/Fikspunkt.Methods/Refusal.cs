using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Series;
using Fikspunkt.Statistics.Groups;

namespace Fikspunkt.Methods;

/// <summary>Says in the user's words why the data do not allow a calculation.</summary>
internal static class Refusal
{
    public static InputProblem Of(Exception e) => e switch
    {
        InvalidValueException value => new InputProblem(
            Texts.ValueRefused.With(value.Argument, value.Row + 1, value.Column + 1),
            Found: value.Value.ToString(CultureInfo.InvariantCulture),
            Expected: Say(value.Requirement, [.. value.Bounds])),
        TooFewUnitsException few => new InputProblem(Texts.TooFewUnits.With(few.Units, few.Needed)),
        TooFewClustersException few => new InputProblem(Texts.TooFewClusters.With(few.Clusters, few.Needed)),
        RankDeficientException deficient => new InputProblem(Texts.RankDeficient.With(string.Join("; ", deficient.Dependencies.Select(Numbers)))),
        SeparationException separation => new InputProblem(Texts.Separation.With(string.Join(", ", separation.Rows.Take(10).Select(row => row + 1)))),
        NotConvergedException not => new InputProblem(Texts.NotConverged.With(not.Iterations)),
        NotPositiveSemidefiniteException => new InputProblem(Texts.NotPositiveSemidefinite),
        NoVariationException none => new InputProblem(Texts.NoVariation.With(none.Argument)),
        NoEventsException => new InputProblem(Texts.NoEvents),
        MonotoneLikelihoodException monotone => new InputProblem(Texts.MonotoneLikelihood.With(Numbers(monotone.Columns))),
        IntervalWithoutEventsException interval => new InputProblem(Texts.IntervalWithoutEvents.With(Numbers(interval.Intervals))),
        ConstantColumnsException constant => new InputProblem(Texts.ConstantColumns.With(Numbers(constant.Columns))),
        NumericRangeException => new InputProblem(Texts.NumericRange),
        _ => new InputProblem(Texts.CannotCompute.With(e.Message)),
    };

    /// <summary>What a number must be, in the user's words.</summary>
    public static string Say(Requirement requirement, params double[] bounds) =>
        Texts.ResourceManager.GetString("required." + requirement, CultureInfo.CurrentUICulture)!.With([.. bounds.Cast<object>()]);

    private static string Numbers(IEnumerable<int> places) => string.Join(", ", places.Select(place => place + 1));
}
