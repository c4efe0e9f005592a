using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Reports;

/// <summary>A municipality and how far its framework conditions lie from another's.</summary>
internal readonly record struct Neighbour(string Area, double Distance);

/// <summary>Finds the municipalities whose framework conditions are most alike.</summary>
/// <remarks>
/// Euclidean distance d(i, j) = sqrt(sum_k ((z_ik - z_jk)^2)) over the model's covariates as they enter the model, each standardised to
/// mean 0 and standard deviation 1 over the municipalities, all weighing the same. Where nothing is known of framework conditions
/// (a published expectation) the distance is that of the expected shares.
/// </remarks>
internal sealed class Neighbours
{
    private readonly List<string> areas;
    private readonly List<double[]> positions;
    private readonly List<string> conditions;

    public Neighbours(ModelSpec spec, IReadOnlyList<AreaResult> results)
    {
        var covariates = spec.Covariates.Where(covariate => results.All(result => result.Contributions.Any(part => part.Covariate == covariate.Id && double.IsFinite(part.Value)))).ToList();
        ByConditions = covariates.Count > 0;
        conditions = [.. covariates.Select(covariate => covariate.Id)];
        areas = [.. results.Select(result => result.Area)];
        positions = ByConditions
            ? [.. results.Select(result => covariates.Select(covariate => Transforms.Apply(covariate.Transform, result.Contributions.First(part => part.Covariate == covariate.Id).Value)).ToArray())]
            : [.. results.Select(result => new[] { 100 * result.Expected })];
        if (ByConditions)
        {
            Standardise(positions);
        }
    }

    /// <summary>Whether the distance is that of framework conditions; otherwise of expected shares, in percentage points.</summary>
    public bool ByConditions { get; }

    /// <summary>The nearest municipalities, nearest first; ties by code.</summary>
    public IReadOnlyList<Neighbour> Of(string area, int count)
    {
        var own = positions[areas.IndexOf(area)];
        return
        [
            .. areas.Select((other, index) => new Neighbour(other, Math.Sqrt(own.Zip(positions[index], (a, b) => (a - b) * (a - b)).Sum())))
                .Where(neighbour => neighbour.Area != area)
                .OrderBy(neighbour => neighbour.Distance).ThenBy(neighbour => neighbour.Area, StringComparer.Ordinal)
                .Take(count),
        ];
    }

    /// <summary>Each framework condition's part of the squared distance between two municipalities, largest first; empty where the distance is that of expected shares.</summary>
    public IReadOnlyList<(string Covariate, double Part)> Parts(string area, string other)
    {
        var (own, others) = (positions[areas.IndexOf(area)], positions[areas.IndexOf(other)]);
        var squares = conditions.Select((covariate, k) => (covariate, Square: (own[k] - others[k]) * (own[k] - others[k]))).ToList();
        var sum = squares.Sum(part => part.Square);
        return sum > 0 ? [.. squares.Select(part => (part.covariate, part.Square / sum)).OrderByDescending(part => part.Item2)] : [];
    }

    private static void Standardise(List<double[]> rows)
    {
        for (var k = 0; k < rows[0].Length; k++)
        {
            var mean = rows.Average(row => row[k]);
            var deviation = Math.Sqrt(rows.Average(row => (row[k] - mean) * (row[k] - mean)));
            foreach (var row in rows)
            {
                row[k] = deviation > 0 ? (row[k] - mean) / deviation : 0;
            }
        }
    }
}
