namespace Redactor.Locate;

/// <summary>
/// What is known of the string table of a profiles request: which strings name a secret, and which strings are the value beside such a name.
/// Attributes there refer to both by index, so that neither stands where the filter or the walker would look for it.
/// </summary>
public sealed class StringTable
{
    private readonly List<int> nameRules = [];
    private readonly List<(int Index, int Rule)> secrets = [];

    /// <summary>Whether there is no string. A payload that has some is walked in full.</summary>
    public bool IsEmpty => nameRules.Count == 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        nameRules.Clear();
        secrets.Clear();
    }

    /// <summary>Adds the next string of the table: the rule that it is a key of, or -1.</summary>
    public void AddString(int nameRule) => nameRules.Add(nameRule);

    /// <summary>The rule that the string at <paramref name="index"/> is a key of, or -1.</summary>
    public int NameRule(ulong index) => index < (ulong)nameRules.Count ? nameRules[(int)index] : -1;

    /// <summary>Says that the string at <paramref name="index"/> is the value beside a key of <paramref name="rule"/>. Index 0 is the empty string.</summary>
    public void AddSecret(ulong index, int rule)
    {
        if (index > 0 && index < (ulong)nameRules.Count)
        {
            secrets.Add(((int)index, rule));
        }
    }

    /// <summary>Marks those strings, when all fields of the payload have been located.</summary>
    /// <param name="fields">The located fields; all strings of the table are among them, in order.</param>
    /// <param name="place">Their <see cref="LocatedField.Place"/>.</param>
    public void MarkSecrets(Span<LocatedField> fields, string place)
    {
        if (secrets.Count == 0)
        {
            return;
        }

        secrets.Sort();
        int index = 0, next = 0;
        foreach (ref LocatedField field in fields)
        {
            if (!ReferenceEquals(field.Place, place) || field.Role == FieldRole.Message)
            {
                continue;
            }

            for (; next < secrets.Count && secrets[next].Index == index; next++)
            {
                field.NameRule = field.NameRule < 0 ? secrets[next].Rule : field.NameRule;
            }

            index++;
        }
    }
}
