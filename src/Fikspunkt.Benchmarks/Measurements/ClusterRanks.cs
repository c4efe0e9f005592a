using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>KL and Deloitte's comparison: key figures ranked within clusters of comparable jobcentres, and the best selected.</summary>
/// <remarks>See <c>docs/measurements/kl-cluster-ranks.md</c>.</remarks>
internal static class ClusterRanks
{
    /// <summary>Id of the overall outcome.</summary>
    public const string Overall = "overall";

    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var full = input.Definitions.Models[spec.Model!];
        var model = BenefitSubset.AllPeriods(full, [.. full.Outcomes.Select(outcome => outcome.BenefitGroup).OfType<string>()], input.Definitions);
        var run = input.Run(model);
        var period = run.Results.Max(result => result.Period);
        var total = run.Results.Where(result => result.Outcome == model.Total!.Id && result.Period == period).OrderBy(result => result.Area, StringComparer.Ordinal).ToList();
        string[] areas = [.. total.Select(result => result.Area)];
        var figures = spec.Rules.Select(rule => KeyFigures.Of(rule, spec, input, run, areas)).ToList();
        if (figures.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.KeyFigureWithoutData, spec.Id));
        }

        var division = ClusterDivision.Of(spec, total);
        var clusters = Enumerable.Range(0, division.Chosen.Max() + 1).Select(cluster => Ranked(spec, figures, [.. Enumerable.Range(0, areas.Length).Where(unit => division.Chosen[unit] == cluster)])).ToList();
        var selected = Select(spec, input, total, clusters);
        return new MeasurementResult(
            spec,
            run.Vintages,
            [.. Positions(areas, period, figures, clusters)],
            ClusterRanksReport.Tables(areas, figures, clusters, division, selected, input.HiddenUpTo),
            ClusterRanksReport.Statements(areas, figures, clusters, division, spec.Text("cluster_rule"), input),
            []);
    }

    /// <summary>The ranks within a cluster: overall by the stated rule, and each figure with its rank set.</summary>
    private static RankedCluster Ranked(MeasurementSpec spec, IReadOnlyList<KeyFigure> figures, int[] members)
    {
        var (values, errors) = (new RowMatrix(members.Length, figures.Count), new RowMatrix(members.Length, figures.Count));
        for (var i = 0; i < members.Length; i++)
        {
            for (var j = 0; j < figures.Count; j++)
            {
                (values[i, j], errors[i, j]) = (figures[j].Values[members[i]], figures[j].Errors[members[i]]);
            }
        }

        var (draws, seed, coverage) = ((int)spec.Number("draws"), (long)spec.Number("seed"), spec.Number("coverage"));
        var options = new CompositeRankOptions(Rule(spec), Ties(spec), draws, seed, coverage);
        CompositeRankResult Overall(RowMatrix ofValues, RowMatrix ofErrors) => CompositeRanks.Of(ofValues, ofErrors, [.. figures.Select(figure => figure.Best)], options);
        return new RankedCluster(
            members,
            Overall(values, errors),
            HiddenPlaces.Of(values, errors, (row, figure) => figures[figure].Possible[members[row]], Overall),
            [.. figures.Select(figure => Sets(figure, members, new RankOptions(coverage, draws, seed, figure.Best)))]);
    }

    private static CompositeRule Rule(MeasurementSpec spec) => spec.Text("overall") switch
    {
        "rank-sum" => CompositeRule.RankSum,
        "mean-z" => CompositeRule.MeanZ,
        "top-thirds" => CompositeRule.TopThirds,
        var other => throw new InputException(new InputProblem(Texts.OverallRuleUnknown, spec.Id, Found: other, Expected: "rank-sum, mean-z, top-thirds")),
    };

    private static double Ties(MeasurementSpec spec) => spec.Text("ties") switch
    {
        "smallest" => 0,
        "middle" => 0.5,
        "largest" => 1,
        var other => throw new InputException(new InputProblem(Texts.OverallRuleUnknown, spec.Id, Found: other, Expected: "smallest, middle, largest")),
    };

    /// <summary>Rank and set of each member that has the figure; zeros for one that lacks it.</summary>
    private static (int Rank, int Lower, int Upper)[] Sets(KeyFigure figure, int[] members, RankOptions options)
    {
        int[] known = [.. Enumerable.Range(0, members.Length).Where(i => !double.IsNaN(figure.Values[members[i]]))];
        var places = new (int Rank, int Lower, int Upper)[members.Length];
        if (known.Length == 0)
        {
            return places;
        }

        var sets = RankConfidence.Sets(
            Array.ConvertAll(known, i => figure.Values[members[i]]),
            RowMatrix.Diagonal(Array.ConvertAll(known, i => figure.Errors[members[i]] * figure.Errors[members[i]])),
            options);
        for (var i = 0; i < known.Length; i++)
        {
            places[known[i]] = (sets.Rank[i], sets.MarginalLower[i], sets.MarginalUpper[i]);
        }

        return places;
    }

    private static IReadOnlyList<SelectedUnit> Select(MeasurementSpec spec, MeasurementInput input, IReadOnlyList<AreaResult> total, IReadOnlyList<RankedCluster> clusters)
    {
        var municipalities = input.Definitions.Municipalities.ToDictionary(municipality => municipality.Code, StringComparer.Ordinal);
        var places = clusters.SelectMany(cluster => cluster.Members.Select((unit, i) => (unit, Rank: cluster.Overall.Rank[i], Size: cluster.Members.Length))).ToDictionary(place => place.unit);
        return ClusterSelection.Of(
            [.. total.Select((result, unit) => new SelectionCandidate(municipalities[result.Area].Name, municipalities[result.Area].Region, result.Exposure, places[unit].Rank, places[unit].Size))],
            (int)spec.Number("selected"),
            (int)spec.Number("per_region"),
            (int)spec.Number("per_size"));
    }

    private static IEnumerable<MeasuredPosition> Positions(string[] areas, Period period, IReadOnlyList<KeyFigure> figures, IReadOnlyList<RankedCluster> clusters)
    {
        MeasuredPosition Position(string area, string outcome, double value, double error, (int Rank, int Lower, int Upper) place, int units, int cluster)
        {
            var spread = 1.96 * error;
            return new MeasuredPosition(area, outcome, period, value, error, value - spread, value + spread, place.Rank, place.Lower, place.Upper, units, null, ClusterRanksReport.ClusterId(cluster));
        }

        var members = clusters.SelectMany((cluster, number) => cluster.Members.Select((unit, i) => (Cluster: cluster, Number: number, Unit: unit, Row: i))).OrderBy(member => areas[member.Unit], StringComparer.Ordinal).ToList();
        foreach (var member in members.Where(member => member.Cluster.Overall.Rank[member.Row] > 0))
        {
            var overall = member.Cluster.Overall;
            yield return Position(
                areas[member.Unit], Overall, overall.Score[member.Row], double.NaN, (overall.Rank[member.Row], overall.Lower[member.Row], overall.Upper[member.Row]), overall.Rank.Count(rank => rank > 0), member.Number);
        }

        for (var figure = 0; figure < figures.Count; figure++)
        {
            foreach (var member in members.Where(member => member.Cluster.Figures[figure][member.Row].Rank > 0))
            {
                yield return Position(
                    areas[member.Unit], figures[figure].Id, figures[figure].Values[member.Unit], figures[figure].Errors[member.Unit], member.Cluster.Figures[figure][member.Row], member.Cluster.Figures[figure].Count(place => place.Rank > 0), member.Number);
            }
        }
    }
}

/// <summary>A cluster with its ranks.</summary>
/// <param name="Members">Its municipalities, from 0 in the order of the areas.</param>
/// <param name="Overall">Overall ranks, in the order of the members.</param>
/// <param name="Hidden">Best and worst overall place of the members without a rank because a count is hidden, by their number in the members.</param>
/// <param name="Figures">Per key figure the place of each member; zeros where the figure is missing.</param>
internal sealed record RankedCluster(int[] Members, CompositeRankResult Overall, IReadOnlyDictionary<int, (int Best, int Worst)> Hidden, IReadOnlyList<(int Rank, int Lower, int Upper)[]> Figures)
{
    /// <summary>Best and worst overall place of a member; <see langword="null"/> where nothing is known of it.</summary>
    public (int Best, int Worst)? Places(int row) => Overall.Rank[row] > 0 ? (Overall.Lower[row], Overall.Upper[row]) : Hidden.TryGetValue(row, out var places) ? places : null;
}

/// <summary>Tables and sentences of the cluster ranks.</summary>
internal static class ClusterRanksReport
{
    // Hennig's limits for the mean Jaccard likeness.
    private const double Stable = 0.75;
    private const double Doubtful = 0.6;

    public static string ClusterId(int cluster) => FormattableString.Invariant($"klynge-{cluster + 1}");

    public static IReadOnlyList<MeasurementTable> Tables(string[] areas, IReadOnlyList<KeyFigure> figures, IReadOnlyList<RankedCluster> clusters, ClusterDivision division, IReadOnlyList<SelectedUnit> selected, int hiddenUpTo) =>
        [RankTable(areas, figures, clusters, hiddenUpTo), SelectionTable(areas, clusters, selected), StabilityTable(division), AgreementTable(division), .. figures.Select((figure, j) => FigureTable(areas, figure, j, clusters))];

    public static IReadOnlyList<Statement> Statements(string[] areas, IReadOnlyList<KeyFigure> figures, IReadOnlyList<RankedCluster> clusters, ClusterDivision division, string rule, MeasurementInput input)
    {
        var chosen = division.Rules.First(own => own.Id == rule);
        var stable = chosen.Stability.MeanJaccard.Count(value => value >= Stable);
        var alone = clusters.Count(cluster => cluster.Overall.Lower.Zip(cluster.Overall.Upper).Count(set => set.First == 1) == 1);
        var names = input.Definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        return
        [
            new Statement(null, "position", new(
                $"{stable} af {clusters.Count} klynger er stabile (de findes igen i mindst 75 pct. af omfanget, når kommunerne trækkes om). I {alone} af dem kan kun én kommune være den bedste.",
                $"{stable} of {clusters.Count} clusters are stable (found again to at least 75 per cent when the municipalities are redrawn). In {alone} of them only one municipality can be the best.")),
            .. clusters.SelectMany(cluster => cluster.Members.Select((unit, i) => (Area: areas[unit], Cluster: cluster, Row: i))).Where(member => member.Cluster.Overall.Rank[member.Row] > 0).OrderBy(member => member.Area, StringComparer.Ordinal)
                .SelectMany(member => OfMember(areas, figures, member.Cluster, member.Row, names.GetValueOrDefault(member.Area, member.Area))),
            .. clusters.SelectMany(cluster => cluster.Hidden.Select(hidden => (Area: areas[cluster.Members[hidden.Key]], Cluster: cluster, Places: hidden.Value))).OrderBy(member => member.Area, StringComparer.Ordinal)
                .Select(member => new Statement(member.Area, "position", OfHidden(names.GetValueOrDefault(member.Area, member.Area), member.Places, member.Cluster, input.HiddenUpTo))),
        ];
    }

    private static IEnumerable<Statement> OfMember(string[] areas, IReadOnlyList<KeyFigure> figures, RankedCluster cluster, int row, string name)
    {
        var (area, own, size) = (areas[cluster.Members[row]], cluster.Overall, cluster.Overall.Rank.Count(rank => rank > 0));
        yield return new Statement(area, "position", Bilingual.Join(
            new($"{name} i sin klynge, samlet:", $"{name} in its cluster, overall:"),
            Sentences.Position(own.Rank[row], own.Lower[row], own.Upper[row], size)));
        var places = figures.Select((figure, j) => (figure.Name, figure.ChangesFrom, Value: figure.Values[cluster.Members[row]], Error: figure.Errors[cluster.Members[row]], Place: cluster.Figures[j][row], Units: cluster.Figures[j].Count(place => place.Rank > 0)))
            .Where(figure => figure.Place.Rank > 0).ToList();
        foreach (var change in places.Where(figure => figure.ChangesFrom is not null))
        {
            yield return new Statement(area, "change", Changed(change.Name, change.Value, change.Error, change.ChangesFrom!.Value));
        }

        if (places.Count < 2)
        {
            yield break;
        }

        var (best, worst) = (places.MinBy(figure => (double)figure.Place.Rank / figure.Units), places.MaxBy(figure => (double)figure.Place.Rank / figure.Units));
        if (best.Name == worst.Name)
        {
            yield break;
        }

        yield return new Statement(area, "contribution", Bilingual.Of(
            $"I tallene løftes det samlede tal mest af »{best.Name.Da}« (nr. {best.Place.Rank}, usikkerheden tillader {best.Place.Lower}-{best.Place.Upper}) og trækkes mest ned af »{worst.Name.Da}« (nr. {worst.Place.Rank}, {worst.Place.Lower}-{worst.Place.Upper}).",
            $"In the figures the overall score is lifted most by \"{best.Name.En}\" (no. {best.Place.Rank}, the uncertainty allows {best.Place.Lower}-{best.Place.Upper}) and pulled down most by \"{worst.Name.En}\" (no. {worst.Place.Rank}, {worst.Place.Lower}-{worst.Place.Upper})."));
        if (2 * best.Place.Upper <= best.Units && 2 * (worst.Place.Lower - 1) >= worst.Units)
        {
            yield return new Statement(area, "contradiction", Bilingual.Of(
                $"Kommunen er i klyngens bedste halvdel på »{best.Name.Da}« og i den dårligste på »{worst.Name.Da}«, begge også når usikkerheden regnes med.",
                $"The municipality is in the better half of the cluster on \"{best.Name.En}\" and in the worse half on \"{worst.Name.En}\", both with the uncertainty counted in."));
        }
    }

    private static LocalizedText OfHidden(string name, (int Best, int Worst) places, RankedCluster cluster, int hiddenUpTo)
    {
        var units = cluster.Overall.Rank.Count(rank => rank > 0) + cluster.Hidden.Count;
        var counts = Counts(hiddenUpTo);
        return places == (1, units)
            ? Bilingual.Of(
                $"{name} i sin klynge, samlet: Et lille antal bag et nøgletal er skjult ({counts.Da}), og inden for det og usikkerheden er alle {units} pladser mulige.",
                $"{name} in its cluster, overall: a small count behind a key figure is hidden ({counts.En}), and within that and the uncertainty each of the {units} places is possible.")
            : Bilingual.Of(
                $"{name} i sin klynge, samlet: Et lille antal bag et nøgletal er skjult ({counts.Da}), så der er ingen placering; det og usikkerheden tillader nr. {places.Best} til {places.Worst} af {units}.",
                $"{name} in its cluster, overall: a small count behind a key figure is hidden ({counts.En}), so there is no rank; that and the uncertainty allow {places.Best} to {places.Worst} of {units}.");
    }

    private static LocalizedText Counts(int hiddenUpTo) => hiddenUpTo == 1 ? new("1", "1") : Bilingual.Of($"1 til {hiddenUpTo}", $"1 to {hiddenUpTo}");

    /// <summary>A key figure that is itself a change in per cent. Up or down is claimed only when the interval excludes zero.</summary>
    internal static LocalizedText Changed(LocalizedText name, double percent, double error, Period from)
    {
        var (low, high, since) = (percent - (1.96 * error), percent + (1.96 * error), Bilingual.Of(from));
        return low > 0 || high < 0
            ? Bilingual.Of(
                $"{name.Da}: {(low > 0 ? "steget" : "faldet")} {Math.Abs(percent):0.0} pct. siden {since.Da} (usikkerheden tillader {Math.Min(Math.Abs(low), Math.Abs(high)):0.0} til {Math.Max(Math.Abs(low), Math.Abs(high)):0.0}).",
                $"{name.En}: {(low > 0 ? "risen" : "fallen")} {Math.Abs(percent):0.0} per cent since {since.En} (the uncertainty allows {Math.Min(Math.Abs(low), Math.Abs(high)):0.0} to {Math.Max(Math.Abs(low), Math.Abs(high)):0.0}).")
            : Bilingual.Of(
                $"{name.Da}: {percent:+0.0;−0.0;0.0} pct. siden {since.Da}, hvilket ikke kan skelnes fra tilfældige udsving (usikkerheden tillader {low:+0.0;−0.0;0.0} til {high:+0.0;−0.0;0.0}).",
                $"{name.En}: {percent:+0.0;−0.0;0.0} per cent since {since.En}, which cannot be told from chance (the uncertainty allows {low:+0.0;−0.0;0.0} to {high:+0.0;−0.0;0.0}).");
    }

    private static MeasurementTable RankTable(string[] areas, IReadOnlyList<KeyFigure> figures, IReadOnlyList<RankedCluster> clusters, int hiddenUpTo) => new(
        "ranks",
        new("Placeringer i klyngen", "Ranks within the cluster"),
        RanksExplained(clusters, hiddenUpTo),
        [
            new("cluster", new("Klynge", "Cluster"), ColumnKind.Text),
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("size", new("Kommuner i klyngen", "In cluster of"), ColumnKind.Count),
            .. figures.Select(figure => new MeasurementColumn("rank_" + figure.Id.Replace('-', '_'), figure.Name, ColumnKind.Number)),
            new("score", new("Samlet tal", "Overall score"), ColumnKind.Number),
            new("overall", new("Samlet placering", "Overall rank"), ColumnKind.Count),
            new("overall_lower", new("Fra", "From"), ColumnKind.Count),
            new("overall_upper", new("Til", "To"), ColumnKind.Count),
            new("first_probability", new("Sandsynlighed for at være først", "Probability of being first"), ColumnKind.Share),
        ],
        [.. clusters.SelectMany((cluster, number) => Enumerable.Range(0, cluster.Members.Length).OrderBy(i => cluster.Overall.Rank[i] == 0).ThenBy(i => cluster.Overall.Rank[i]).Select(i => (IReadOnlyList<object?>)
        [
            ClusterId(number), areas[cluster.Members[i]], cluster.Members.Length, .. Enumerable.Range(0, figures.Count).Select(j => (object?)cluster.Overall.Ranks[i, j]),
            cluster.Overall.Score[i], Known(cluster.Overall.Rank[i]), cluster.Places(i)?.Best, cluster.Places(i)?.Worst, cluster.Overall.Rank[i] > 0 ? cluster.Overall.FirstProbability[i] : double.NaN,
        ]))]);

    private static LocalizedText RanksExplained(IReadOnlyList<RankedCluster> clusters, int hiddenUpTo)
    {
        var usual = new LocalizedText(
            "Hvert nøgletals placering blandt sammenlignelige kommuner og den samlede placering efter målingens regel. Fra-til er det, som usikkerheden i tallene tillader. Et tal, der mangler, står tomt.",
            "Each key figure's rank among comparable municipalities, and the overall rank by the measurement's rule. From-to is what the uncertainty of the figures allows. A missing figure is empty.");
        var counts = Counts(hiddenUpTo);
        return clusters.Any(cluster => cluster.Hidden.Count > 0)
            ? Bilingual.Join(usual, new(
                $"Er et lille antal bag et tal skjult, er der ingen placering, og fra-til er alle de pladser, som det skjulte antal ({counts.Da}) og usikkerheden tillader.",
                $"Where a small count behind a figure is hidden, there is no rank, and from-to is every place that the hidden count ({counts.En}) and the uncertainty allow."))
            : usual;
    }

    private static object? Known(int rank) => rank > 0 ? rank : null;

    private static MeasurementTable SelectionTable(string[] areas, IReadOnlyList<RankedCluster> clusters, IReadOnlyList<SelectedUnit> selected) => new(
        "selected",
        new("De udvalgte", "The selected"),
        new(
            "Kommunerne er set efter i rækkefølge efter deres plads i klyngen. De udvalgte er spredt over regioner og størrelser, så de er ikke altid de bedst placerede.",
            "The municipalities were looked at in the order of their place in the cluster. The selected are spread over regions and sizes, so they are not always those ranked first."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("cluster", new("Klynge", "Cluster"), ColumnKind.Text),
            new("selected", new("Udvalgt", "Selected"), ColumnKind.Text),
            new("reason", new("Begrundelse", "Reason"), ColumnKind.Text),
        ],
        [.. selected.Select(unit => (IReadOnlyList<object?>)
        [
            areas[unit.Unit], ClusterId(Enumerable.Range(0, clusters.Count).First(cluster => clusters[cluster].Members.Contains(unit.Unit))), unit.Selected ? new LocalizedText("Ja", "Yes") : new LocalizedText("Nej", "No"), unit.Reason,
        ])]);

    private static MeasurementTable StabilityTable(ClusterDivision division) => new(
        "stability",
        new("Hvor stabile klyngerne er", "How stable the clusters are"),
        new(
            "Kommunerne trækkes om, og klyngerne dannes igen. Lighed: den del af klyngen, der findes igen (over 75 pct. stabil, under 60 pct. tvivlsom).",
            "The municipalities are redrawn and the clusters made again. Likeness: the part of the cluster that is found again (above 75 per cent stable, below 60 doubtful)."),
        [
            new("rule", new("Regel", "Rule"), ColumnKind.Text),
            new("cluster", new("Klynge", "Cluster"), ColumnKind.Text),
            new("size", new("Kommuner", "Municipalities"), ColumnKind.Count),
            new("likeness", new("Lighed", "Likeness"), ColumnKind.Share),
            new("verdict", new("Vurdering", "Verdict"), ColumnKind.Text),
        ],
        [.. division.Rules.SelectMany(rule => rule.Stability.MeanJaccard.Select((likeness, cluster) => (IReadOnlyList<object?>)
        [
            rule.Name, ClusterId(cluster), rule.Clusters.Count(own => own == cluster), likeness,
            likeness >= Stable ? new LocalizedText("Stabil", "Stable") : likeness < Doubtful ? new LocalizedText("Tvivlsom", "Doubtful") : new LocalizedText("Nogenlunde", "Fair"),
        ]))]);

    private static MeasurementTable AgreementTable(ClusterDivision division) => new(
        "agreement",
        new("Hvor enige reglerne er", "How far the rules agree"),
        new("Justeret Rand-indeks: 1 = samme klynger, 0 = ikke mere enige end tilfældigt.", "Adjusted Rand index: 1 = the same clusters, 0 = no more agreement than by chance."),
        [
            new("rule", new("Regel", "Rule"), ColumnKind.Text),
            new("other", new("Anden regel", "Other rule"), ColumnKind.Text),
            new("adjusted_rand", new("Enighed", "Agreement"), ColumnKind.Number),
        ],
        [.. division.Rules.SelectMany((rule, i) => division.Rules.Skip(i + 1).Select(other => (IReadOnlyList<object?>)[rule.Name, other.Name, Partitions.AdjustedRand(rule.Clusters, other.Clusters)]))]);

    private static MeasurementTable FigureTable(string[] areas, KeyFigure figure, int place, IReadOnlyList<RankedCluster> clusters) => new(
        figure.Id,
        figure.Name,
        new("Ordnet efter klynge og placering. Fra-til er de placeringer, som usikkerheden i tallet tillader.", "Ordered by cluster and rank. From-to are the ranks that the uncertainty of the figure allows."),
        [
            new("cluster", new("Klynge", "Cluster"), ColumnKind.Text),
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("value", new("Tal", "Figure"), ColumnKind.Number),
            new("standard_error", new("Standardfejl", "Standard error"), ColumnKind.Number),
            new("rank", new("Placering", "Rank"), ColumnKind.Count),
            new("rank_lower", new("Fra", "From"), ColumnKind.Count),
            new("rank_upper", new("Til", "To"), ColumnKind.Count),
        ],
        [.. clusters.SelectMany((cluster, number) => Enumerable.Range(0, cluster.Members.Length).OrderBy(i => cluster.Figures[place][i].Rank == 0).ThenBy(i => cluster.Figures[place][i].Rank).Select(i => (IReadOnlyList<object?>)
        [
            ClusterId(number), areas[cluster.Members[i]], figure.Values[cluster.Members[i]], figure.Errors[cluster.Members[i]],
            Known(cluster.Figures[place][i].Rank), Known(cluster.Figures[place][i].Lower), Known(cluster.Figures[place][i].Upper),
        ]))]);
}
