namespace Redactor.Redact;

/// <summary>What a unit's findings ask for. The strongest counts.</summary>
internal enum Verdict
{
    Clean,
    Mask,
    DropField,
    DropRecord,

    /// <summary>As <see cref="DropRecord"/>, since the unit goes over budget and the configuration refuses such; outside a record the whole payload is refused.</summary>
    Refuse,
}

/// <summary>Verdicts on parts of one unit, taken together.</summary>
internal static class Verdicts
{
    /// <summary>The stronger of two.</summary>
    public static Verdict Max(Verdict a, Verdict b) => a > b ? a : b;
}
