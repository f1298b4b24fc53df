"""The pages of feedback: those behind emailed links, rounds of asking, questionnaires, answers."""
