using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Methods;

/// <summary>Competing risks.</summary>
internal static partial class SurvivalMethods
{
    private static Quantities Competing(MethodInput input)
    {
        input = input.Complete(Roles);
        var result = input.Start();
        var spells = SpellsOf(input);
        if (!input.Has("group"))
        {
            foreach (var (name, value) in Shape(CompetingRisks.Fit(spells), input))
            {
                result[name] = value;
            }

            return result;
        }

        var (labels, codes) = input.Groups("group");
        var groups = new Quantities();
        foreach (var (label, incidence) in labels.Zip(CompetingRisks.FitGroups(spells, codes)))
        {
            groups[label] = Shape(incidence, input);
        }

        result["groups"] = groups;
        return result;
    }

    private static Quantities Shape(CumulativeIncidence incidence, MethodInput input)
    {
        var causes = Enumerable.Range(1, incidence.Incidence.Length).Select(cause => FormattableString.Invariant($"cause{cause}")).ToArray();
        var result = new Quantities
        {
            ["curve"] = new Quantities { ["time"] = incidence.Time, ["n_risk"] = incidence.AtRisk, ["surv"] = incidence.Survival, ["std_err"] = incidence.SurvivalStandardError },
        };
        for (var i = 0; i < causes.Length; i++)
        {
            result[causes[i]] = new Quantities
            {
                ["incidence"] = incidence.Incidence[i],
                ["std_err"] = incidence.StandardError[i],
                ["cumhaz"] = incidence.CumulativeHazard[i],
                ["cumhaz_std_err"] = incidence.CumulativeHazardStandardError[i],
            };
        }

        if (input.Has("horizon"))
        {
            var horizon = input.Number("horizon");
            var (mean, lost) = (incidence.RestrictedMean(horizon), incidence.TimeLost(horizon));
            result["restricted_mean"] = new Quantities { ["horizon"] = horizon, ["mean"] = mean.Value, ["std_err"] = mean.StandardError };
            result["time_lost"] = Quantities.Of(causes, lost.Select(estimate => estimate.Value));
            result["time_lost_std_err"] = Quantities.Of(causes, lost.Select(estimate => estimate.StandardError));
        }

        return result;
    }
}
