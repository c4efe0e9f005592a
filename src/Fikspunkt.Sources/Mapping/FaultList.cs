using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Mapping;

/// <summary>Collects the faults of one import, up to <see cref="Most"/>; then it throws, for nobody reads more at once.</summary>
internal sealed class FaultList
{
    /// <summary>The most faults that are reported.</summary>
    public const int Most = 100;

    private readonly List<InputProblem> problems = [];

    /// <summary>Whether none has been found.</summary>
    public bool IsEmpty => problems.Count == 0;

    /// <summary>Adds a fault.</summary>
    /// <exception cref="InputException">It was the last one that is kept.</exception>
    public void Add(InputProblem problem)
    {
        problems.Add(problem);
        if (problems.Count >= Most)
        {
            Throw();
        }
    }

    /// <summary>Takes over what a reader found in the file's form.</summary>
    public void TakeFrom(Files.RowReader reader)
    {
        var found = reader.Faults.ToList();
        reader.Faults.Clear();
        foreach (var problem in found)
        {
            Add(problem);
        }
    }

    /// <summary>Throws when anything was found.</summary>
    /// <exception cref="InputException">Something was.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty)
        {
            Throw();
        }
    }

    private void Throw() => throw new InputException([.. problems]);
}
