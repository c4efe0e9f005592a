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
            Expected: e.Message[(e.Message.LastIndexOf("expected ", StringComparison.Ordinal) + "expected ".Length)..].TrimEnd('.')),
        TooFewUnitsException few => new InputProblem(Texts.TooFewUnits.With(few.Units, few.Needed)),
        TooFewClustersException few => new InputProblem(Texts.TooFewClusters.With(few.Clusters, few.Needed)),
        RankDeficientException => new InputProblem(Texts.RankDeficient.With(e.Message)),
        SeparationException separation => new InputProblem(Texts.Separation.With(string.Join(", ", separation.Rows.Take(10).Select(row => row + 1)))),
        NotConvergedException not => new InputProblem(Texts.NotConverged.With(not.Iterations)),
        NotPositiveSemidefiniteException => new InputProblem(Texts.NotPositiveSemidefinite),
        NoVariationException none => new InputProblem(Texts.NoVariation.With(none.Argument)),
        NoEventsException => new InputProblem(Texts.NoEvents),
        MonotoneLikelihoodException => new InputProblem(Texts.MonotoneLikelihood.With(e.Message)),
        IntervalWithoutEventsException interval => new InputProblem(Texts.IntervalWithoutEvents.With(string.Join(", ", interval.Intervals.Select(i => i + 1)))),
        ConstantColumnsException constant => new InputProblem(Texts.ConstantColumns.With(string.Join(", ", constant.Columns.Select(column => column + 1)))),
        NumericRangeException => new InputProblem(Texts.NumericRange),
        _ => new InputProblem(Texts.CannotCompute.With(e.Message)),
    };
}
