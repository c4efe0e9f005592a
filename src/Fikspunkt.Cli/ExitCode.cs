namespace Fikspunkt.Cli;

/// <summary>What the command answers to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Done, and the answer is no: verify found a difference.</summary>
    public const int Negative = 1;

    /// <summary>Wrong use or bad input; nothing was changed.</summary>
    public const int WrongUse = 2;

    /// <summary>A source could not be reached or gave no usable answer.</summary>
    public const int Unavailable = 3;

    /// <summary>A defect in Fikspunkt.</summary>
    public const int Defect = 70;

    /// <summary>Interrupted by the user (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
