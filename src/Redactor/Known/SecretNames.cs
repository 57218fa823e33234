using Redactor.Rules;

namespace Redactor.Known;

/// <summary>Gives each name a rule whose number never changes: hashes that were made before point at it.</summary>
internal sealed class SecretNames
{
    private readonly Dictionary<(string Id, SecretMetadata Metadata), int> numbers = [];
    private readonly List<Rule> rules = [];

    /// <summary>The rules by their numbers.</summary>
    public IReadOnlyList<Rule> Rules => rules;

    /// <summary>The number of the rule of a name.</summary>
    public int NumberOf(string name, SecretMetadata metadata)
    {
        var rule = KnownSecrets.CreateRule(name, metadata);
        if (!numbers.TryGetValue((rule.Id, metadata), out int number))
        {
            number = rules.Count;
            numbers.Add((rule.Id, metadata), number);
            rules.Add(rule);
        }

        return number;
    }
}
